"""Names of samplers in other programs and the ids of Shoreline's schedulers."""

from __future__ import annotations

from typing import Final

_A1111_NAMES: Final = {
    "ddim": "DDIM",
    "ddpm": "DDPM",
    "deis": "DEIS",
    "dpmpp_2m": "DPM++ 2M",
    "dpmpp_2m_karras": "DPM++ 2M Karras",
    "dpmpp_2m_sde": "DPM++ 2M SDE",
    "dpmpp_2m_sde_karras": "DPM++ 2M SDE Karras",
    "dpmpp_2s": "DPM++ 2S a",
    "dpmpp_sde": "DPM++ SDE",
    "dpmpp_sde_karras": "DPM++ SDE Karras",
    "dpmpp_3m": "DPM++ 3M",
    "dpm2": "DPM2",
    "dpm2_karras": "DPM2 Karras",
    "dpm2_a": "DPM2 a",
    "euler": "Euler",
    "euler_karras": "Euler Karras",
    "euler_a": "Euler a",
    "heun": "Heun",
    "heun_karras": "Heun Karras",
    "lcm": "LCM",
    "lms": "LMS",
    "lms_karras": "LMS Karras",
    "pndm": "PLMS",
    "sa_solver": "SA-Solver",
    "tcd": "TCD",
    "unipc": "UniPC",
    "unipc_karras": "UniPC Karras",
}
_IDS: Final = {name.lower(): scheduler for scheduler, name in _A1111_NAMES.items()}

_COMFY_IDS: Final = {
    "ddim": "ddim",
    "ddpm": "ddpm",
    "deis": "deis",
    "dpm_2": "dpm2",
    "dpm_2_ancestral": "dpm2_a",
    "dpmpp_2m": "dpmpp_2m",
    "dpmpp_2m_sde": "dpmpp_2m_sde",
    "dpmpp_2m_sde_gpu": "dpmpp_2m_sde",
    "dpmpp_2s_ancestral": "dpmpp_2s",
    "dpmpp_sde": "dpmpp_sde",
    "dpmpp_sde_gpu": "dpmpp_sde",
    "euler": "euler",
    "euler_ancestral": "euler_a",
    "heun": "heun",
    "lcm": "lcm",
    "lms": "lms",
    "tcd": "tcd",
    "uni_pc": "unipc",
    "uni_pc_bh2": "unipc",
}
_INVOKE_IDS: Final = {
    "ddim": "ddim",
    "ddpm": "ddpm",
    "deis": "deis",
    "dpmpp_2m": "dpmpp_2m",
    "dpmpp_2m_k": "dpmpp_2m_karras",
    "dpmpp_2m_sde": "dpmpp_2m_sde",
    "dpmpp_2m_sde_k": "dpmpp_2m_sde_karras",
    "dpmpp_2s": "dpmpp_2s",
    "dpmpp_2s_k": "dpmpp_2s",
    "dpmpp_3m": "dpmpp_3m",
    "dpmpp_sde": "dpmpp_sde",
    "dpmpp_sde_k": "dpmpp_sde_karras",
    "euler": "euler",
    "euler_a": "euler_a",
    "euler_k": "euler_karras",
    "heun": "heun",
    "heun_k": "heun_karras",
    "kdpm_2": "dpm2",
    "kdpm_2_k": "dpm2_karras",
    "kdpm_2_a": "dpm2_a",
    "kdpm_2_a_k": "dpm2_a",
    "lcm": "lcm",
    "lms": "lms",
    "lms_k": "lms_karras",
    "pndm": "pndm",
    "tcd": "tcd",
    "unipc": "unipc",
    "unipc_k": "unipc_karras",
}


def a1111_name(scheduler: str) -> str:
    """What A1111 calls a scheduler; one that it does not have keeps its id."""
    return _A1111_NAMES.get(scheduler, scheduler)


def from_a1111(sampler: str, schedule: str = "") -> str | None:
    """The scheduler of A1111's "Sampler" and, in its newer files, "Schedule type"; ``None`` if there is none.

    Ids are taken too: that is how schedulers of plugins are written.
    """
    plain = sampler.strip()
    name = plain if schedule.lower() in ("", "automatic", "uniform") else f"{plain} {schedule}"
    without_karras = plain.lower().removesuffix(" karras")
    known = (_IDS.get(candidate) for candidate in (name.lower(), plain.lower(), without_karras))
    by_name = next((scheduler for scheduler in known if scheduler), None)
    return by_name or (plain if plain.isidentifier() and plain == plain.lower() else None)


def from_comfy(sampler: str, scheduler: str = "") -> str | None:
    """The scheduler of ComfyUI's (and Fooocus's) sampler and scheduler names; ``None`` if there is none."""
    known = _COMFY_IDS.get(sampler)
    with_karras = f"{known}_karras"
    return with_karras if scheduler == "karras" and with_karras in _A1111_NAMES else known


def from_invoke(scheduler: str) -> str | None:
    """The scheduler of InvokeAI's name; ``None`` if there is none."""
    return _INVOKE_IDS.get(scheduler)
