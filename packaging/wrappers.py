"""Packages around the application folder: each function takes the folder of `base_folder` and writes one file."""

from __future__ import annotations

import gzip
import hashlib
import os
import plistlib
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from datetime import UTC, datetime, time
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from base_folder import commit_time
from desktop_files import DESCRIPTION, SUMMARY, TOP, icon_png, man_page, release_day, write_desktop_files
from PIL import Image

from studio import HOMEPAGE, __version__
from studio.paths import DESKTOP_ID

NAME = "shoreline"
MAINTAINER = f"The Shoreline developers <maintainers@{urlsplit(HOMEPAGE).hostname}>"
DEBIAN_NEEDS = (
    "libc6 (>= 2.34)",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0 | libglib2.0-0t64",
    "libgssapi-krb5-2",
    "libstdc++6",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libx11-6",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxcb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
"""What Qt links to; a test holds this against the libraries that are packed."""
RPM_NEEDS = tuple(
    # By what they provide: Fedora and openSUSE name their packages differently.
    f"lib{name}()(64bit)"
    for name in (
        *("dbus-1.so.3", "EGL.so.1", "fontconfig.so.1", "freetype.so.6", "GL.so.1", "glib-2.0.so.0", "stdc++.so.6"),
        *("gssapi_krb5.so.2", "wayland-client.so.0", "wayland-cursor.so.0", "wayland-egl.so.1", "X11.so.6"),
        *("X11-xcb.so.1", "xcb-cursor.so.0", "xcb-icccm.so.4", "xcb-image.so.0", "xcb-keysyms.so.1", "xcb.so.1"),
        *("xcb-randr.so.0", "xcb-render-util.so.0", "xcb-render.so.0", "xcb-shape.so.0", "xcb-shm.so.0"),
        *("xcb-sync.so.1", "xcb-xfixes.so.0", "xcb-xkb.so.1", "xkbcommon-x11.so.0", "xkbcommon.so.0"),
    )
)


_LINTIAN_OVERRIDES = f"""\
# The application brings a Python and libraries of its own, as their wheels are, so that it is the same on every system.
{NAME}: custom-library-search-path
{NAME}: embedded-library
{NAME}: library-not-linked-against-libc
{NAME}: shared-library-lacks-prerequisites
{NAME}: unstripped-binary-or-object
# That Python is used by nothing else, so dpkg is not asked to compile for it.
{NAME}: package-installs-python-pycache-dir
"""


def make_tar(base: Path, out: Path, machine: str, *, suffix: str = "") -> Path:
    """A plain archive: unpack it anywhere and start ``launch``. Zstandard where the tool is there, else xz."""
    zstd = shutil.which("zstd")
    target = out / f"{NAME}-{__version__}{suffix}-{machine}.tar.{'zst' if zstd else 'xz'}"
    packer = f"{zstd} -T0 -{compression()} --quiet" if zstd else "xz -T0"
    options = ["--sort=name", "--owner=0", "--group=0", "--numeric-owner", f"--mtime=@{commit_time()}"]
    if sys.platform == "darwin":
        options = ["--uid", "0", "--gid", "0"]
    _run("tar", "-c", "-I", packer, *options, "-f", target, "-C", base.parent, base.name)
    return target


def make_deb(base: Path, out: Path, machine: str) -> Path:
    """A Debian package; apt removes it without a trace outside the user's data."""
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}[machine.rpartition("-")[2]]
    root = _fresh(out / "deb")
    _system_tree(base, root)
    documents = root / "usr" / "share" / "doc" / NAME
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(_debian_copyright(), encoding="utf-8")
    (documents / "changelog.gz").write_bytes(_debian_changelog())
    overrides = root / "usr" / "share" / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    overrides.write_text(_LINTIAN_OVERRIDES, encoding="utf-8")
    size = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(_debian_control(architecture, size), encoding="utf-8")
    (control / "md5sums").write_text(_md5sums(root), encoding="utf-8")
    _settle(root)
    target = out / f"{NAME}_{__version__}_{architecture}.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(commit_time())}
    _run("dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{compression()}", "--build", root, target, env=environment)
    shutil.rmtree(root)
    return target


def make_rpm(base: Path, out: Path, machine: str) -> Path:
    """An RPM package, by rpmbuild from the finished tree: nothing is compiled, stripped or guessed."""
    root, top = _fresh(out / "rpm"), _fresh(out / "rpmbuild")
    _system_tree(base, root)
    _settle(root)
    spec = top / f"{NAME}.spec"
    spec.write_text(_rpm_spec(root), encoding="utf-8")
    architecture = machine.rpartition("-")[2]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(commit_time())}
    _run(
        "rpmbuild",
        "-bb",
        "--quiet",
        "--target",
        architecture,
        "--define",
        f"_topdir {top.resolve()}",
        spec,
        env=environment,
    )
    made = next((top / "RPMS").rglob("*.rpm"))
    target = out / made.name
    shutil.move(made, target)
    shutil.rmtree(root)
    shutil.rmtree(top)
    return target


def make_appimage(base: Path, out: Path, machine: str) -> Path:
    """One file that runs where it lies: the runtime of ``APPIMAGE_RUNTIME``, and the folder as squashfs behind it."""
    runtime = os.environ.get("APPIMAGE_RUNTIME")
    if not runtime or not Path(runtime).is_file():
        raise SystemExit("Set APPIMAGE_RUNTIME to the type 2 runtime of AppImage for this processor.")
    root = _fresh(out / "AppDir")
    shutil.copytree(base, root / "opt" / NAME, symlinks=True)
    write_desktop_files(root / "usr" / "share", NAME)
    (root / "AppRun").symlink_to(f"opt/{NAME}/launch")
    shutil.copy(root / "usr" / "share" / "applications" / f"{DESKTOP_ID}.desktop", root / f"{DESKTOP_ID}.desktop")
    (root / f"{DESKTOP_ID}.png").write_bytes(icon_png(256))
    (root / ".DirIcon").symlink_to(f"{DESKTOP_ID}.png")
    _settle(root)
    packed = out / "appimage.squashfs"
    packed.unlink(missing_ok=True)
    options = [
        "-root-owned",
        "-noappend",
        "-comp",
        "zstd",
        "-Xcompression-level",
        str(compression()),
        # The largest that there are: a tenth smaller than with the usual ones.
        "-b",
        "1M",
        "-quiet",
        "-no-progress",
    ]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(commit_time())}
    _run("mksquashfs", root, packed, *options, env=environment)
    target = out / f"Shoreline-{__version__}-{machine.rpartition('-')[2]}.AppImage"
    with target.open("wb") as whole:
        for part in (Path(runtime), packed):
            with part.open("rb") as stream:
                shutil.copyfileobj(stream, whole)
    target.chmod(0o755)
    packed.unlink()
    shutil.rmtree(root)
    return target


def make_nsis(base: Path, out: Path, _machine: str) -> Path:
    """The Windows installer, by makensis, which also runs on Linux; ``base`` must be a folder made on Windows."""
    target = out / f"Shoreline-{__version__}-windows-x86_64-setup.exe"
    icon = _write_ico(out / "shoreline.ico")
    size = sum(path.stat().st_size for path in base.rglob("*") if path.is_file()) // 1024
    defines = {"VERSION": __version__, "BASE": base.resolve(), "OUT": target.resolve(), "ICON": icon.resolve()}
    defines |= {"SIZE": size, "HOMEPAGE": HOMEPAGE, "LICENCE": TOP / "LICENSE"}
    flags = [f"-D{name}={value}" for name, value in defines.items()]
    _run("makensis", "-V2", "-INPUTCHARSET", "UTF8", *flags, TOP / "packaging" / "windows" / "installer.nsi")
    return target


def make_app(base: Path, out: Path, _machine: str) -> Path:
    """A macOS application bundle around a folder made on macOS, for any processor."""
    app = _fresh(out / "Shoreline.app") / "Contents"
    (app / "MacOS").mkdir(parents=True)
    shutil.copytree(base, app / "Resources" / NAME, symlinks=True)
    start = app / "MacOS" / "Shoreline"
    start.write_text(f'#!/bin/sh\nexec "$(dirname -- "$0")/../Resources/{NAME}/launch" "$@"\n', encoding="utf-8")
    start.chmod(0o755)
    (app / "Info.plist").write_bytes(plistlib.dumps(_info_plist(), sort_keys=True))
    _write_icns(app / "Resources" / "shoreline.icns")
    return app.parent


def make_dmg(base: Path, out: Path, machine: str) -> Path:
    """The bundle as a disk image with a link to Applications. Needs macOS; signing follows packaging/README.md."""
    if sys.platform != "darwin":
        raise SystemExit("A disk image is made on macOS, by hdiutil.")
    app = make_app(base, _fresh(out / "dmg"), machine)
    (app.parent / "Applications").symlink_to("/Applications")
    identity = os.environ.get("SHORELINE_SIGNING_IDENTITY")
    if identity:
        _run("codesign", "--force", "--deep", "--options", "runtime", "--timestamp", "--sign", identity, app)
    target = out / f"Shoreline-{__version__}-{machine}.dmg"
    _run(
        "hdiutil",
        "create",
        "-ov",
        "-quiet",
        "-volname",
        "Shoreline",
        "-srcfolder",
        app.parent,
        "-format",
        "ULMO",
        target,
    )
    return target


def compression() -> int:
    """The level of zstandard: 19 for releases; ``SHORELINE_COMPRESSION`` chooses a quicker one."""
    return int(os.environ.get("SHORELINE_COMPRESSION", "19"))


def write_sums(files: Iterable[Path], out: Path) -> Path:
    """SHA256SUMS of what was made, as sha256sum reads it."""
    lines = []
    for path in sorted(files):
        with path.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {path.name}\n")
    target = out / "SHA256SUMS"
    target.write_text("".join(lines), encoding="utf-8")
    return target


def _system_tree(base: Path, root: Path) -> None:
    """Where system packages put things: the folder in /usr/lib, the command as a link to it, the desktop's files."""
    shutil.copytree(base, root / "usr" / "lib" / NAME, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/launch")
    write_desktop_files(root / "usr" / "share", NAME)
    manual = root / "usr" / "share" / "man" / "man1" / f"{NAME}.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(man_page())


def _debian_control(architecture: str, size: int) -> str:
    description = "\n".join(f" {line}" for line in textwrap.wrap(DESCRIPTION, 76))
    return (
        textwrap.dedent(f"""\
        Package: {NAME}
        Version: {__version__}
        Section: graphics
        Priority: optional
        Architecture: {architecture}
        Installed-Size: {size}
        Maintainer: {MAINTAINER}
        Homepage: {HOMEPAGE}
        Depends: {", ".join(DEBIAN_NEEDS)}
        Description: {SUMMARY}
        """)
        + f"{description}\n"
    )


def _debian_copyright() -> str:
    return textwrap.dedent(f"""\
        Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
        Upstream-Name: Shoreline
        Source: {HOMEPAGE}

        Files: *
        Copyright: {release_day().year} The Shoreline developers
        License: Apache-2.0
         On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.
         Libraries in /usr/lib/{NAME}/lib carry their licences in their .dist-info folders.
        """)


def _debian_changelog() -> bytes:
    day = format_datetime(datetime.combine(release_day(), time(), UTC))
    text = f"{NAME} ({__version__}) unstable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- {MAINTAINER}  {day}\n"
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _md5sums(root: Path) -> str:
    lines = []
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.parent.name != "DEBIAN":
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {path.relative_to(root).as_posix()}\n")
    return "".join(lines)


def _rpm_spec(root: Path) -> str:
    files = "\n".join(
        f"/{path.relative_to(root)}" for path in sorted(root.rglob("*")) if path.is_symlink() or not path.is_dir()
    ).replace(" ", "?")
    return (
        textwrap.dedent(f"""\
        %global __os_install_post %{{nil}}
        %global _build_id_links none
        %global debug_package %{{nil}}
        %global _binary_payload w{compression()}.zstdio
        %global source_date_epoch_from_changelog 0
        %global use_source_date_epoch_as_buildtime 1
        %global clamp_mtime_to_source_date_epoch 1
        AutoReqProv: no
        Name: {NAME}
        Version: {__version__}
        Release: 1
        Summary: {SUMMARY}
        License: Apache-2.0
        URL: {HOMEPAGE}
        Requires: {", ".join(RPM_NEEDS)}
        %description
        {DESCRIPTION}
        %install
        mkdir -p %{{buildroot}}
        cp -a {root.resolve()}/. %{{buildroot}}/
        %files
        %dir /usr/lib/{NAME}
        """)
        + files
        + "\n"
    )


def _info_plist() -> dict[str, object]:
    def kind(name: str, types: list[str], role: str) -> dict[str, object]:
        return {
            "CFBundleTypeName": name,
            "LSItemContentTypes": types,
            "CFBundleTypeRole": role,
            "LSHandlerRank": "Alternate",
        }

    pictures = ["public.png", "public.jpeg", "public.tiff", "org.webmproject.webp", "com.adobe.photoshop-image"]
    return {
        "CFBundleName": "Shoreline",
        "CFBundleDisplayName": "Shoreline",
        "CFBundleIdentifier": DESKTOP_ID,
        "CFBundleExecutable": "Shoreline",
        "CFBundleIconFile": "shoreline.icns",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": __version__,
        "CFBundleVersion": __version__,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh_CN"],
        "LSApplicationCategoryType": "public.app-category.graphics-design",
        # Current PyTorch wheels are made for macOS 14.
        "LSMinimumSystemVersion": "14.0",
        "NSHighResolutionCapable": True,
        "CFBundleDocumentTypes": [
            kind("OpenRaster picture", ["org.openraster.ora"], "Editor"),
            kind("Picture", pictures, "Editor"),
        ],
        "UTImportedTypeDeclarations": [
            {
                "UTTypeIdentifier": "org.openraster.ora",
                "UTTypeDescription": "OpenRaster picture",
                "UTTypeConformsTo": ["public.image", "public.zip-archive"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["ora"],
                    "public.mime-type": ["image/openraster"],
                },
            }
        ],
    }


def _write_ico(path: Path) -> Path:
    _pillow_icon(256).save(path, "ICO", sizes=[(size, size) for size in (16, 24, 32, 48, 64, 128, 256)])
    return path


def _write_icns(path: Path) -> None:
    _pillow_icon(1024).save(path, "ICNS")


def _pillow_icon(size: int) -> Image.Image:
    return Image.open(BytesIO(icon_png(size)))


def _settle(root: Path) -> None:
    """The commit's time for all files, so that the same inputs give the same package."""
    when = commit_time()
    for path in root.rglob("*"):
        os.utime(path, (when, when), follow_symlinks=False)
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    program = str(command[0])
    if shutil.which(program) is None:
        raise SystemExit(f"{program} is not here; packaging/README.md says what each package needs.")
    subprocess.run([str(part) for part in command], check=True, env=env)
