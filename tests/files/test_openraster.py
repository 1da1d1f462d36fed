"""OpenRaster: everything comes back, and other programs see what we see."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from studio.document import (
    MAX_GUIDES,
    MAX_REGIONS,
    BlendMode,
    Document,
    GroupLayer,
    Layer,
    LoopMode,
    PaintLayer,
    Raster,
    Region,
    Ruling,
    Timeline,
    frames,
    go_to_frame,
    replace_layer,
)
from studio.errors import CorruptFileError, FileError, FileTooLargeError, UnsupportedFileError
from studio.files import open_document, save_document
from studio.files.openraster.names import SETTINGS_ENTRY
from studio.files.openraster.read import read_openraster
from studio.files.untrusted.limits import MAX_GROUP_DEPTH, MAX_OFFSET
from studio.raster.compose import compose
from tests.files.conftest import entries, openraster_bytes, packed

GUIDE = {
    "id": "a",
    "kind": "canny",
    "layer": None,
    "enabled": True,
    "strength": 1.0,
    "start": 0.0,
    "end": 1.0,
    "network": "",
    "from_picture": False,
    "values": {},
}


REGION = {"layer": "a", "prompt": "sea", "negative_prompt": "", "enabled": True}


def reopened(data: bytes):
    return read_openraster(io.BytesIO(data), "beach.ora")


def png(pixels) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def small(stack: str, size: str = 'w="8" h="8"', **files: bytes) -> bytes:
    xml = f"<image {size}><stack>{stack}</stack></image>"
    red = np.zeros((4, 4, 4), np.uint8)
    red[...] = (255, 0, 0, 255)
    named = {name.replace("__", "/") + ".png": data for name, data in files.items()}
    return packed({"mimetype": b"image/openraster", "stack.xml": xml.encode(), "data/red.png": png(red), **named})


def test_everything_comes_back(rich_document, settings, assert_same, tmp_path):
    path = tmp_path / "海滩.ora"
    save_document(rich_document, path, settings=settings)
    opened = open_document(path)
    assert_same(rich_document, opened.document)
    assert opened.settings == settings
    assert opened.notes == ()


def without_masks(document: Document) -> Document:
    """The same with every layer's mask switched off."""
    for layer in document.walk():
        document = replace_layer(document, layer.id, mask_enabled=layer.mask is None)
    return document


def test_masks_that_are_switched_off_come_back_so_and_hide_nothing_elsewhere(rich_document, assert_same):
    document = without_masks(rich_document)
    data = openraster_bytes(document)
    contents = reopened(data)
    assert_same(contents.document, document)
    assert contents.notes == ()
    assert [layer.mask_enabled for layer in contents.document.walk()] == [item.mask_enabled for item in document.walk()]
    assert not any(name.endswith("-shown-mask.png") for name in entries(data))
    bare = document
    for layer in document.walk():
        bare = replace_layer(bare, layer.id, mask=None)
    assert np.array_equal(compose(contents.document), compose(bare))


def test_saving_again_gives_the_same_bytes(rich_document, settings):
    first = openraster_bytes(rich_document, settings)
    assert openraster_bytes(reopened(first).document, settings) == first


def test_samples_are_stable_when_saved_again(samples, assert_same):
    document = open_document(samples / "mypaint_strokes.ora").document
    once = reopened(openraster_bytes(document)).document
    assert_same(document, once)


def test_the_file_is_as_the_specification_wants_it(rich_document):
    data = openraster_bytes(rich_document)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert data[38:54] == b"image/openraster"
        root = ElementTree.fromstring(archive.read("stack.xml"))
        for layer in root.iter("layer"):
            assert archive.read(layer.get("src")).startswith(b"\x89PNG")
        merged = Image.open(io.BytesIO(archive.read("mergedimage.png")))
        thumbnail = Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png")))
    assert merged.size == (300, 200)
    assert thumbnail.size == (256, 171)
    assert root.find("stack/stack").get("name") == "Group"


def test_other_programs_see_the_same_picture(rich_document):
    """Without our attributes, as another program reads it, the file composes to the same picture."""
    document = replace(rich_document, gamma=1.0)
    files = entries(openraster_bytes(document))
    root = ElementTree.fromstring(files["stack.xml"])
    for element in root.iter():
        for attribute in [key for key in element.attrib if key.startswith("{urn:shoreline")]:
            del element.attrib[attribute]
    foreign = reopened(packed({**files, "stack.xml": ElementTree.tostring(root)})).document
    difference = np.abs(compose(foreign).astype(int) - compose(document))
    assert difference.max() <= 2  # the mask is rounded once more


def test_a_layer_changed_by_another_program_shows_its_change(rich_document):
    document = replace(rich_document, layers=(rich_document.layers[0], rich_document.find(rich_document.active_id)))
    files = entries(openraster_bytes(document))
    source = next(
        element.get("src")
        for element in ElementTree.fromstring(files["stack.xml"]).iter("layer")
        if len(element.attrib) > 9
    )
    files[source] = png(np.full((100, 100, 4), 255, np.uint8))
    contents = reopened(packed(files))
    layer = contents.document.layers[1]
    assert layer.mask is None
    assert (layer.raster.read(layer.raster.bounds()) == 255).all()
    assert "沙子" in contents.notes[0]


def test_only_content_is_stored(paint):
    layer = PaintLayer(name="Dot", raster=Raster.from_array(paint(5, 7), 2000, 3000))
    files = entries(openraster_bytes(Document(width=4000, height=4000, layers=(layer,))))
    assert Image.open(io.BytesIO(files["data/layer000.png"])).size == (7, 5)


def with_guides(document, settings, guides):
    """What a file of a document is opened as, with these guides in it."""
    files = entries(openraster_bytes(document, settings))
    stored = json.loads(files[SETTINGS_ENTRY])
    files[SETTINGS_ENTRY] = json.dumps({**stored, "guides": guides}).encode()
    return reopened(packed(files))


@pytest.mark.parametrize(
    "changes",
    [
        None,
        7,
        {"id": None},
        {"strength": 9},
        {"strength": "nan"},
        {"start": 0.9, "end": 0.1},
        {"values": {"deep": [1]}},
        {"values": None},
        {"layer": ["a"]},
        {"kind": {"a": 1}},
    ],
)
def test_a_broken_guide_is_left_out_and_the_others_stay(changes, rich_document, settings):
    bad = {**GUIDE, "id": "b", **changes} if isinstance(changes, dict) else changes
    contents = with_guides(rich_document, settings, [GUIDE, bad, {**GUIDE, "id": "c"}])
    assert [guide.id for guide in contents.document.guides] == ["a", "c"]
    assert contents.settings == settings
    assert contents.notes == ("Control layer 2 in the file could not be read and was left out.",)


def test_a_broken_guide_is_named_by_its_layer(rich_document, settings):
    layer = next(rich_document.walk())
    contents = with_guides(rich_document, settings, [{**GUIDE, "layer": layer.id, "strength": -1}])
    assert contents.notes == (f"The control layer {layer.name!r} (canny) could not be read and was left out.",)


def test_what_is_no_list_of_guides_is_left_out(rich_document, settings):
    contents = with_guides(rich_document, settings, 7)
    assert (contents.document.guides, contents.settings) == ((), settings)
    assert contents.notes == ("The control layers in the file could not be read.",)


def test_guides_with_one_id_get_their_own_and_too_many_are_left_out(rich_document, settings):
    contents = with_guides(rich_document, settings, [GUIDE] * (MAX_GUIDES + 1))
    assert len({guide.id for guide in contents.document.guides}) == MAX_GUIDES
    assert contents.notes == (f"A picture has {MAX_GUIDES} control layers at most; the others were left out.",)


def with_regions(document, settings, regions):
    """A document that was stored with these regions, opened again."""
    files = entries(openraster_bytes(document, settings))
    stored = json.loads(files[SETTINGS_ENTRY])
    files[SETTINGS_ENTRY] = json.dumps({**stored, "regions": regions}).encode()
    return reopened(packed(files))


@pytest.mark.parametrize("bad", [7, None, {"layer": "b"}, {**REGION, "layer": 7}, {**REGION, "prompt": "x" * 20_001}])
def test_a_broken_region_takes_no_other_along(bad, rich_document, settings):
    contents = with_regions(rich_document, settings, [REGION, bad, {**REGION, "layer": "c"}])
    assert [region.layer_id for region in contents.document.regions] == ["a", "c"]
    assert contents.document.guides == rich_document.guides
    assert contents.notes == ("Region 2 in the file could not be read and was left out.",)


def test_regions_that_are_none_or_too_many_are_said(rich_document, settings):
    layer = next(rich_document.walk())
    named = with_regions(rich_document, settings, [{**REGION, "layer": layer.id, "enabled": 3}])
    assert named.notes == (f"The region of the layer {layer.name!r} could not be read and was left out.",)
    assert with_regions(rich_document, settings, 7).notes == ("The regions in the file could not be read.",)
    assert with_regions(rich_document, settings, [REGION, REGION]).document.regions == (
        Region(layer_id="a", prompt="sea"),
    )
    many = with_regions(rich_document, settings, [{**REGION, "layer": str(n)} for n in range(MAX_REGIONS + 1)])
    assert len(many.document.regions) == MAX_REGIONS
    assert many.notes == ("A picture has 64 regions at most; the others were left out.",)


@pytest.mark.parametrize(
    "bad", [7, {}, {"upright": [1], "level": ["x"]}, {"upright": [0] * 501, "level": [], "grid": {}}]
)
def test_guide_lines_that_cannot_be_read_are_said_and_take_nothing_along(bad, rich_document):
    files = entries(openraster_bytes(rich_document))
    stored = json.loads(files[SETTINGS_ENTRY])
    files[SETTINGS_ENTRY] = json.dumps({**stored, "ruling": bad}).encode()
    contents = reopened(packed(files))
    assert contents.document.ruling == Ruling()
    assert contents.document.guides == rich_document.guides
    assert contents.notes == ("The guide lines in the file could not be read and were left out.",)


@pytest.mark.parametrize("mode", list(BlendMode))
def test_every_blend_mode_comes_back(mode):
    document = Document(width=4, height=4, layers=(PaintLayer(name="x", blend_mode=mode),))
    assert reopened(openraster_bytes(document)).document.layers[0].blend_mode is mode


def test_letters_that_xml_cannot_hold_are_left_out_of_names():
    layer = PaintLayer(name="a\x00b\x0bc\ttab\n\ud800", settings='{"p": "\\u0000"}')
    back = reopened(openraster_bytes(Document(width=4, height=4, layers=(layer,)))).document.layers[0]
    assert back.name == "abc\ttab\n"
    assert back.settings == layer.settings


def test_nothing_selected_and_no_selection_stay_so():
    document = Document(width=4, height=4, layers=(PaintLayer(name="x"),))
    back = reopened(openraster_bytes(document)).document
    assert back.active_id is None
    assert not back.generation_mask.tiles


def test_offsets_of_stacks_move_their_layers():
    data = small('<stack x="3" y="-2"><layer src="data/red.png" x="-1" y="1"/></stack>')
    group = reopened(data).document.layers[0]
    assert (group.children[0].raster.bounds().x, group.children[0].raster.bounds().y) == (2, -1)


def test_isolation_follows_the_specification():
    data = small(
        '<stack name="auto"/><stack name="on" isolation="isolate"/><stack name="faded" isolation="auto" opacity="0.5"/>'
    )
    groups = {group.name: group for group in reopened(data).document.layers if isinstance(group, GroupLayer)}
    assert [groups[name].isolated for name in ("auto", "on", "faded")] == [False, True, True]


def test_unknown_parts_are_noted_and_the_rest_opens():
    data = small(
        '<text name="t"/><layer name="A" src="data/red.png" composite-op="svg:wobble" opacity="much" visibility="?"/>'
    )
    contents = reopened(data)
    assert [layer.blend_mode for layer in contents.document.layers] == [BlendMode.NORMAL]
    assert contents.document.active_layer.name == "A"
    notes = " ".join(contents.notes)
    assert "svg:wobble" in notes
    assert "'text'" in notes
    assert "opacity" in notes


def test_numbers_out_of_range_are_brought_into_it():
    data = small('<layer src="data/red.png" opacity="7"/><layer src="data/red.png" opacity="nan"/>')
    assert [layer.opacity for layer in reopened(data).document.layers] == [1.0, 1.0]


def test_two_layers_of_one_id_get_different_ids(rich_document):
    files = entries(openraster_bytes(rich_document))
    ids = [layer.id for layer in rich_document.walk()]
    files["stack.xml"] = files["stack.xml"].replace(ids[0].encode(), ids[-1].encode())
    back = [layer.id for layer in reopened(packed(files)).document.walk()]
    assert len(set(back)) == len(ids)


def test_broken_settings_do_not_stop_the_opening(rich_document):
    files = entries(openraster_bytes(rich_document))
    for broken in (b"{", b"[1]", b'{"canvas": {"steps": "many"}}', b"\xff\xfe", b"[" * 100_000):
        contents = reopened(packed({**files, "shoreline/settings.json": broken}))
        assert contents.notes == ("The generation settings in the file could not be read.",)


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"PK\x03\x04 and then nothing", CorruptFileError, "damaged"),
        (packed({"mimetype": b"image/openraster"}), CorruptFileError, "stack.xml is missing"),
        (packed({"readme.txt": b"hello"}), UnsupportedFileError, "not an OpenRaster"),
        (packed({"mimetype": b"application/epub+zip"}), UnsupportedFileError, "not an OpenRaster"),
        (small('<layer src="data/gone.png"/>'), CorruptFileError, "data/gone.png is missing"),
        (small("<layer/>"), CorruptFileError, "no picture"),
        (small('<layer src="data/bad.png"/>', data__bad=b"not a png"), CorruptFileError, "data/bad.png"),
        (small('<layer src="data/red.png" x="99999999999"/>'), CorruptFileError, "lies at"),
        (small("", size=""), CorruptFileError, "w is None"),
        (small("", size='w="0" h="5"'), CorruptFileError, "0x5"),
        (small("", size='w="100000" h="100000"'), FileTooLargeError, "100000x100000"),
        (small("<stack>" * 221 + "</stack>" * 221), CorruptFileError, "levels"),
        (small("<layer"), CorruptFileError, "malformed"),
    ],
)
def test_bad_files_are_refused_by_name(data, error, words):
    with pytest.raises(error) as caught:
        reopened(data)
    assert "beach.ora" in str(caught.value)
    assert words in str(caught.value)
    assert caught.value.advice


def test_entities_in_the_xml_are_refused():
    xml = b'<!DOCTYPE image [<!ENTITY a "aaaa">]><image w="4" h="4"><stack name="&a;"/></image>'
    with pytest.raises(CorruptFileError):
        reopened(packed({"mimetype": b"image/openraster", "stack.xml": xml}))


def test_entries_with_backslashes_are_found():
    files = entries(small('<layer src="data/red.png"/>'))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name.replace("/", "\\")), data)
    contents = reopened(stream.getvalue())
    assert compose(contents.document)[0, 0].tolist() == [255, 0, 0, 255]
    assert contents.notes == ()


@pytest.mark.parametrize("name", ["../evil.png", "/etc/passwd", "data/../../x", "a\\..\\..\\x", "C:\\x.png"])
def test_names_that_climb_out_are_refused(name):
    with pytest.raises(CorruptFileError, match="unsafe name"):
        reopened(packed({"mimetype": b"image/openraster", "stack.xml": b"<image/>", name: b""}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", b"image/openraster")
        archive.writestr("stack.xml", b"<image/>")
        archive.writestr("stack.xml", b"<image></image>")
    with pytest.raises(CorruptFileError, match="2 times"):
        reopened(stream.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"image/openraster")
        archive.writestr("data/zeros.png", bytes(80_000_000))
    with pytest.raises(FileTooLargeError, match="zeros"):
        reopened(stream.getvalue())


def test_a_tree_that_is_longer_than_it_says_leaves_the_flat_picture(rich_document):
    data = bytearray(openraster_bytes(rich_document))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"stack.xml"))
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    contents = reopened(bytes(data))
    assert contents.is_partial
    assert np.array_equal(compose(contents.document), compose(rich_document))


@pytest.mark.parametrize(
    "stack", [b"", b"<image w='4' h='4'/>", b"<picture/>", b"<image w='new' h='4'><stack/></image>"]
)
def test_a_tree_of_an_unknown_kind_leaves_the_flat_picture(rich_document, stack):
    files = entries(openraster_bytes(rich_document))
    contents = reopened(packed({**files, "stack.xml": stack}))
    assert contents.notes == ("Its layers could not be read: this is its flat picture.",)
    assert contents.is_partial
    assert np.array_equal(compose(contents.document), compose(rich_document))
    del files["mergedimage.png"]
    with pytest.raises(CorruptFileError):
        reopened(packed({**files, "stack.xml": stack}))


def test_too_many_entries_are_refused():
    with pytest.raises(FileTooLargeError, match="20001 entries"):
        reopened(packed({str(number): b"" for number in range(20_001)}))


def test_a_picture_with_a_huge_header_is_refused_before_it_is_decoded():
    header = bytearray(png(np.zeros((1, 1, 4), np.uint8)))
    header[16:24] = (100_000).to_bytes(4, "big") * 2
    with pytest.raises(FileTooLargeError, match="million"):
        reopened(small('<layer src="data/huge.png"/>', data__huge=bytes(header)))


def test_a_truncated_file_is_refused(rich_document):
    data = openraster_bytes(rich_document)
    for share in (0.2, 0.6, 0.99):
        with pytest.raises(CorruptFileError):
            reopened(data[: int(len(data) * share)])


def test_a_flipped_bit_in_a_picture_is_found(rich_document):
    data = bytearray(openraster_bytes(rich_document))
    start = data.index(b"IDAT") + 40
    data[start] ^= 0xFF
    contents = reopened(bytes(data))
    assert contents.is_partial
    assert "was left out: beach.ora" in contents.notes[0]
    assert compose(contents.document).tobytes() == compose(rich_document).tobytes()


def svg() -> bytes:
    return b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'


BAD_LAYERS = {
    "svg": ('src="data/bad.png"', svg(), "an SVG drawing"),
    "missing": ('src="data/gone.png"', b"", "data/gone.png is missing"),
    "unnamed": ("", b"", "no picture"),
    "empty": ('src="data/bad.png"', b"", "is empty"),
    "cut": ('src="data/bad.png"', png(np.random.default_rng(0).integers(0, 256, (9, 9, 4), np.uint8))[:80], "damaged"),
    "text": ('src="data/bad.png"', b"hello", "data/bad.png"),
    "psd": ('src="data/bad.png"', b"8BPS" + bytes(600), "no flat picture"),
    "far": ('src="data/red.png" x="99999999999"', b"", "lies at 99999999999"),
    "infinite": ('src="data/red.png" y="1e400"', b"", None),
    "climbing": ('src="../../data/gone.png"', b"", "is missing"),
}


@pytest.mark.parametrize("kind", BAD_LAYERS)
def test_one_bad_layer_leaves_the_others_and_is_named(kind):
    attributes, picture, words = BAD_LAYERS[kind]
    stack = f'<layer name="bad" {attributes}/><layer name="good" src="data/red.png" x="1"/>'
    contents = reopened(small(stack, data__bad=picture))
    shown = compose(contents.document)
    assert shown[2, 3].tolist() == [255, 0, 0, 255]
    assert contents.is_partial == (words is not None)
    if words is not None:
        assert [layer.name for layer in contents.document.layers] == ["good"]
        assert contents.document.active_layer.name == "good"
        assert contents.notes[0].startswith("The layer 'bad' was left out: beach.ora")
        assert words in contents.notes[0]


@pytest.mark.parametrize(
    "source", ["./data/red.png", "/data/red.png", "data\\red.png", "data//red.png", "data/%72ed.png"]
)
def test_odd_ways_to_name_a_picture_find_it(source):
    contents = reopened(small(f'<layer src="{source}"/>'))
    assert compose(contents.document)[0, 0].tolist() == [255, 0, 0, 255]
    assert contents.notes == ()


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "GIF"])
def test_a_layer_of_another_flat_format_is_read_and_noted(form):
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), (255, 0, 0)).save(stream, form)
    contents = reopened(small('<layer name="photo" src="data/photo.png"/>', data__photo=stream.getvalue()))
    assert np.abs(compose(contents.document)[0, 0].astype(int) - (255, 0, 0, 255)).max() <= 2
    assert contents.notes[0].startswith(f"The layer 'photo' is a {form} picture")


def test_a_place_that_is_no_number_is_noted():
    contents = reopened(small('<layer name="A" src="data/red.png" x="near"/>'))
    assert compose(contents.document)[0, 0].tolist() == [255, 0, 0, 255]
    assert contents.notes == ("x of 'A' is 'near'; 0 is used.",)


def test_without_one_layer_that_can_be_read_the_flat_picture_is_shown():
    merged = np.full((8, 8, 4), 255, np.uint8)
    files = entries(small('<layer name="gone" src="data/gone.png"/>'))
    contents = reopened(packed({**files, "mergedimage.png": png(merged)}))
    assert (compose(contents.document) == 255).all()
    assert contents.is_partial
    assert "flat picture" in contents.notes[-1]


def test_a_picture_that_many_layers_name_is_kept_once():
    contents = reopened(small('<layer src="data/red.png"/>' * 3))
    assert len({id(layer.raster) for layer in contents.document.layers}) == 1


def test_damaged_masks_and_whole_pixels_leave_what_can_be_read(rich_document):
    files = entries(openraster_bytes(rich_document))
    layer = next(
        item for item in ElementTree.fromstring(files["stack.xml"]).iter("layer") if item.get("name") == "沙子"
    )
    own = {key.rpartition("}")[2]: value for key, value in layer.attrib.items()}
    contents = reopened(packed({**files, own["mask"]: b"no"}))
    sand = next(item for item in contents.document.walk() if item.name == "沙子")
    assert sand.mask is None
    assert contents.is_partial
    assert "The mask of '沙子' was left out" in contents.notes[0]
    contents = reopened(packed({**files, own["unmasked"]: b"no"}))
    sand = next(item for item in contents.document.walk() if item.name == "沙子")
    assert sand.mask is None
    assert "its mask is applied now" in contents.notes[0]
    assert np.abs(compose(contents.document).astype(int) - compose(rich_document)).max() <= 2


def test_a_file_that_holds_more_than_could_be_read_is_not_written_over(tmp_path):
    path = tmp_path / "beach.ora"
    path.write_bytes(small('<layer src="data/gone.png"/><layer src="data/red.png"/>'))
    opened = open_document(path)
    with pytest.raises(FileError, match=r"beach\.ora holds more than could be read"):
        opened.check_overwriting(tmp_path / "." / "beach.ora")
    opened.check_overwriting(tmp_path / "other.ora")
    whole = tmp_path / "whole.ora"
    save_document(opened.document, whole)
    open_document(whole).check_overwriting(whole)


def test_renaming_a_layer_changes_nothing_else(rich_document, assert_same):
    renamed = replace_layer(rich_document, rich_document.active_id, name="Sand")
    back = reopened(openraster_bytes(renamed)).document
    assert back.active_layer.name == "Sand"
    assert_same(renamed, back)


def nested(groups: int) -> Document:
    layer: Layer = PaintLayer(name="leaf", raster=Raster.from_array(np.full((8, 8, 4), 90, np.uint8)))
    for number in range(groups):
        layer = GroupLayer(name=f"Group {number}", children=(layer,))
    return Document(width=16, height=16, layers=(layer,))


def test_the_deepest_groups_that_are_written_can_be_opened_again(tmp_path):
    save_document(nested(MAX_GROUP_DEPTH), tmp_path / "deep.ora")
    opened = open_document(tmp_path / "deep.ora").document
    assert sum(1 for _ in opened.walk()) == MAX_GROUP_DEPTH + 1


@pytest.mark.parametrize("groups", [MAX_GROUP_DEPTH + 1, 400])
def test_groups_too_deep_to_be_opened_again_are_refused_and_the_old_file_stays(tmp_path, groups):
    path = tmp_path / "deep.ora"
    save_document(nested(1), path)
    before = path.read_bytes()
    with pytest.raises(FileTooLargeError, match="groups within each other"):
        save_document(nested(groups), path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("place", [(MAX_OFFSET + 1, 0), (0, -MAX_OFFSET - 1)])
@pytest.mark.parametrize("kind", ["raster", "mask"])
def test_a_layer_too_far_away_to_be_opened_again_is_refused(tmp_path, place, kind):
    channels = 4 if kind == "raster" else 1
    far = Raster(channels=channels).with_array(np.full((3, 3, 4)[: 2 + (channels == 4)], 255, np.uint8), *place)
    layer = PaintLayer(name="far", **{"raster": Raster(channels=4), kind: far})
    with pytest.raises(FileTooLargeError, match="Move it to the canvas"):
        save_document(Document(width=16, height=16, layers=(layer,)), tmp_path / "far.ora")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("limit", "words"), [("MAX_TOTAL_PIXELS", "Merge some layers"), ("MAX_FILE_BYTES", "up to 50 bytes")]
)
def test_what_could_not_be_opened_again_is_not_written(tmp_path, monkeypatch, limit, words):
    path = tmp_path / "large.ora"
    path.write_bytes(b"old")
    monkeypatch.setattr(f"studio.files.untrusted.limits.{limit}", 50)
    with pytest.raises(FileTooLargeError, match=words):
        save_document(nested(1), path)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["large.ora"]


def animated(document: Document) -> Document:
    """A document with a group of three frames on top, held for different times."""
    every = tuple(
        PaintLayer(
            name=f"Frame {number}", id=f"frame{number}", raster=Raster.from_array(np.full((9, 9, 4), 255, np.uint8))
        )
        for number in range(3)
    )
    group = GroupLayer(name="Frames", id="frames", children=every, isolated=False)
    timeline = Timeline(group_id="frames", fps=23.976, loop=LoopMode.PING_PONG, holds={"frame0": 3, "frame2": 2})
    return go_to_frame(replace(document, layers=(*document.layers, group), timeline=timeline), 1)


def test_frames_come_back_from_a_group_that_other_programs_see_as_it_is(rich_document, assert_same):
    document = animated(rich_document)
    data = openraster_bytes(document)
    contents = reopened(data)
    assert_same(document, contents.document)
    assert contents.notes == ()
    stack = ElementTree.fromstring(entries(data)["stack.xml"]).find("stack")
    assert stack is not None
    group = stack[0]
    assert (group.tag, group.get("name")) == ("stack", "Frames")
    assert [layer.get("visibility") for layer in group] == ["hidden", "visible", "hidden"]


def edited(data: bytes, *changes: tuple[str, str]) -> bytes:
    files = entries(data)
    xml = files["stack.xml"].decode()
    for before, after in changes:
        assert before in xml
        xml = xml.replace(before, after)
    return packed({**files, "stack.xml": xml.encode()})


def test_unusable_timeline_values_are_noted_and_nothing_is_lost(rich_document):
    data = openraster_bytes(animated(rich_document))
    contents = reopened(edited(data, ('"23.976"', '"0"'), ('"ping-pong"', '"zigzag"'), ('hold="3"', 'hold="-7"')))
    assert contents.document.timeline == Timeline(group_id="frames", holds={"frame2": 2})
    assert len(contents.notes) == 2
    assert len(frames(contents.document)) == 3


def test_frames_that_another_program_showed_together_are_shown_one_at_a_time(rich_document):
    data = openraster_bytes(animated(rich_document))
    document = reopened(edited(data, ('visibility="hidden"', 'visibility="visible"'))).document
    assert [frame.visible for frame in frames(document)].count(True) == 1
