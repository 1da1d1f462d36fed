"""The noise schedulers of diffusers that fit Stable Diffusion models."""

import inspect
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from studio.api import SchedulerSpec, hookimpl

LARGEST_SIGMA = 60.0
"""Largest sigma for models with zero terminal SNR where diffusers would take 4096. From there Karras spacing spends
half of its steps on what is pure noise anyway, and Heun's first step overshoots. At 60 a picture is still all noise."""

_KARRAS = {"use_karras_sigmas": True}
_MULTISTEP = "DPMSolverMultistepScheduler"
_SINGLESTEP = "DPMSolverSinglestepScheduler"
_ODE = {"algorithm_type": "dpmsolver++", "solver_order": 2, "lower_order_final": True}
_SDE = {"algorithm_type": "sde-dpmsolver++", "solver_order": 2, "lower_order_final": True}
_THIRD = {"algorithm_type": "dpmsolver++", "solver_order": 3, "lower_order_final": True}
_DEIS = {"algorithm_type": "deis", "solver_order": 2}

_FLOWING = {
    "EulerDiscreteScheduler": "FlowMatchEulerDiscreteScheduler",
    "LCMScheduler": "FlowMatchLCMScheduler",
}
"""What stands in for a class with models that were taught a flow."""
_WITH_FLOW_STEPS = frozenset(
    {_MULTISTEP, _SINGLESTEP, "UniPCMultistepScheduler", "DEISMultistepScheduler", "SASolverScheduler"}
)
"""The classes that have steps along a flow themselves."""

_TABLE: tuple[tuple[str, str, str, Mapping[str, Any], str], ...] = (
    ("dpmpp_2m", "DPM++ 2M", _MULTISTEP, _ODE, "Second order at one call a step; good from 12 steps."),
    ("dpmpp_2m_karras", "DPM++ 2M Karras", _MULTISTEP, _ODE | _KARRAS, "More of the steps go into fine detail."),
    ("dpmpp_3m", "DPM++ 3M", _MULTISTEP, _THIRD, "Third order at one call a step; for 20 steps and more."),
    ("dpmpp_2m_sde", "DPM++ 2M SDE", _MULTISTEP, _SDE, "Adds fresh noise at every step; good from 20 steps."),
    ("dpmpp_2m_sde_karras", "DPM++ 2M SDE Karras", _MULTISTEP, _SDE | _KARRAS, "Fresh noise and fine detail."),
    ("dpmpp_sde", "DPM++ SDE", _SINGLESTEP, _SDE, "The single-step solver with fresh noise; good from 10 steps."),
    ("dpmpp_sde_karras", "DPM++ SDE Karras", _SINGLESTEP, _SDE | _KARRAS, "The same with more fine detail."),
    ("dpmpp_2s", "DPM++ 2S", _SINGLESTEP, _ODE, "The single-step solver without fresh noise."),
    ("euler", "Euler", "EulerDiscreteScheduler", {}, "The plain first-order method; steady at any number of steps."),
    ("euler_karras", "Euler Karras", "EulerDiscreteScheduler", _KARRAS, "Euler with more steps at low noise."),
    ("euler_a", "Euler a", "EulerAncestralDiscreteScheduler", {}, "Euler with fresh noise: soft, varied pictures."),
    ("heun", "Heun", "HeunDiscreteScheduler", {}, "Second order at two calls a step: half as fast as Euler."),
    ("heun_karras", "Heun Karras", "HeunDiscreteScheduler", _KARRAS, "Heun with more steps at low noise."),
    ("dpm2", "DPM2", "KDPM2DiscreteScheduler", {}, "Second order at two calls a step."),
    ("dpm2_karras", "DPM2 Karras", "KDPM2DiscreteScheduler", _KARRAS, "DPM2 with more steps at low noise."),
    ("dpm2_a", "DPM2 a", "KDPM2AncestralDiscreteScheduler", {}, "DPM2 with fresh noise."),
    ("lms", "LMS", "LMSDiscreteScheduler", {}, "A linear multistep method of fourth order."),
    ("lms_karras", "LMS Karras", "LMSDiscreteScheduler", _KARRAS, "LMS with more steps at low noise."),
    ("unipc", "UniPC", "UniPCMultistepScheduler", {"solver_order": 2}, "Predictor and corrector; good from 8 steps."),
    ("unipc_karras", "UniPC Karras", "UniPCMultistepScheduler", {"solver_order": 2} | _KARRAS, "For fine detail."),
    (
        "deis",
        "DEIS",
        "DEISMultistepScheduler",
        {"algorithm_type": "deis", "solver_order": 2},
        "An exponential integrator.",
    ),
    ("ddim", "DDIM", "DDIMScheduler", {"clip_sample": False}, "The classic deterministic method."),
    ("ddpm", "DDPM", "DDPMScheduler", {"clip_sample": False}, "The original method; wants 50 steps and more."),
    ("pndm", "PNDM", "PNDMScheduler", {"skip_prk_steps": True}, "The first scheduler of Stable Diffusion 1."),
    ("sa_solver", "SA-Solver", "SASolverScheduler", {}, "Stochastic Adams method; good from 20 steps."),
    ("lcm", "LCM", "LCMScheduler", {"clip_sample": False}, "For LCM models and LoRAs only: 2 to 8 steps."),
    ("tcd", "TCD", "TCDScheduler", {"clip_sample": False}, "For TCD models and LoRAs only: 2 to 8 steps."),
)


@hookimpl
def shoreline_schedulers() -> Sequence[SchedulerSpec]:
    return [
        SchedulerSpec(
            id=scheduler_id,
            name=name,
            factory=partial(build, class_name, options),
            description=description,
            for_flow=class_name in _FLOWING or draws_flow(class_name, options),
        )
        for scheduler_id, name, class_name, options, description in _TABLE
    ]


def build(class_name: str, options: Mapping[str, Any], config: Mapping[str, Any]) -> Any:
    """A fresh diffusers scheduler of this class for a model with this scheduler config.

    Models with zero terminal SNR (``rescale_betas_zero_snr``) also work with the classes that have no such
    option: they get the rescaled betas directly.
    """
    if str(config.get("_class_name")).startswith("FlowMatch"):
        return _along_flow(class_name, options, config)
    scheduler_class = _scheduler_class(class_name)
    known = inspect.signature(scheduler_class.__init__).parameters
    zero_snr = bool(config.get("rescale_betas_zero_snr"))
    chosen = {**config, "use_karras_sigmas": False, **options}
    if zero_snr and "rescale_betas_zero_snr" not in known:
        chosen["trained_betas"] = zero_snr_betas(config)
    scheduler = scheduler_class.from_config({key: value for key, value in chosen.items() if key in known})
    if zero_snr and chosen["use_karras_sigmas"]:
        scheduler.register_to_config(sigma_max=LARGEST_SIGMA)
    return scheduler


def draws_flow(class_name: str, options: Mapping[str, Any]) -> bool:
    """Whether a class has steps along a flow itself, as it is set here."""
    return class_name in _WITH_FLOW_STEPS and not options.get("use_karras_sigmas")


def _along_flow(class_name: str, options: Mapping[str, Any], config: Mapping[str, Any]) -> Any:
    """The same for a model that was taught the flow from picture to noise, such as Flux."""
    scheduler_class = _scheduler_class(_FLOWING.get(class_name, class_name))
    known = inspect.signature(scheduler_class.__init__).parameters
    has_own_steps = class_name not in _FLOWING
    if has_own_steps and not draws_flow(class_name, options):
        raise ValueError("it has no steps along a flow. Euler, LCM, DPM++, UniPC and DEIS without Karras have.")
    chosen = {**config, **options, "use_beta_sigmas": False, "flow_shift": config.get("shift", 1.0)}
    chosen |= {"use_flow_sigmas": True, "prediction_type": "flow_prediction"} if has_own_steps else {}
    return scheduler_class.from_config({key: value for key, value in chosen.items() if key in known})


def zero_snr_betas(config: Mapping[str, Any]) -> list[float]:
    """Betas of a "scaled_linear" or "linear" schedule, rescaled to zero terminal SNR but for `LARGEST_SIGMA`.

    Algorithm 1 of Lin and others, "Common Diffusion Noise Schedules and Sample Steps are Flawed", 2023. Then
    a little signal is mixed in, which leaves the order of the sigmas and their smaller values as they are.
    """
    import numpy as np

    steps, exponent = int(config.get("num_train_timesteps", 1000)), 1
    if config.get("beta_schedule", "scaled_linear") == "scaled_linear":
        exponent = 2
    first, last = config.get("beta_start", 0.00085), config.get("beta_end", 0.012)
    betas = np.linspace(first ** (1 / exponent), last ** (1 / exponent), steps) ** exponent
    roots = np.sqrt(np.cumprod(1.0 - betas))
    roots = (roots - roots[-1]) * roots[0] / (roots[0] - roots[-1])
    least = 1.0 / (1.0 + LARGEST_SIGMA**2)
    alpha_bars = least + (1.0 - least) * roots**2
    ratios = alpha_bars / np.concatenate(([1.0], alpha_bars[:-1]))
    return [float(beta) for beta in 1.0 - ratios]


def _scheduler_class(name: str) -> Any:
    import diffusers

    if name == "LMSDiscreteScheduler":
        return _lms_without_scipy()
    if name in ("LCMScheduler", "TCDScheduler"):
        return _with_any_number_of_steps(getattr(diffusers, name))
    return getattr(diffusers, name)


def _lms_without_scipy() -> Any:
    import numpy as np

    # The top level of diffusers offers a dummy in its place where scipy is not installed.
    from diffusers.schedulers.scheduling_lms_discrete import LMSDiscreteScheduler

    nodes, weights = np.polynomial.legendre.leggauss(4)

    class ExactLMSDiscreteScheduler(LMSDiscreteScheduler):
        """LMS whose coefficients come from Gauss-Legendre quadrature, exact for these cubics, instead of scipy.

        The order is also held to the number of derivatives at hand: when denoising starts in the middle of
        the schedule, diffusers would use more.
        """

        def get_lms_coefficient(self, order: int, t: int, current_order: int) -> float:
            order = min(order, len(self.derivatives))
            if current_order >= order:
                return 0.0
            sigmas = np.asarray(self.sigmas, dtype=np.float64)
            start, end = sigmas[t], sigmas[t + 1]
            tau = 0.5 * (end - start) * nodes + 0.5 * (end + start)
            basis = np.ones_like(tau)
            for k in range(order):
                if k != current_order:
                    basis *= (tau - sigmas[t - k]) / (sigmas[t - current_order] - sigmas[t - k])
            return float(0.5 * (end - start) * np.dot(weights, basis))

    return ExactLMSDiscreteScheduler


def _with_any_number_of_steps(scheduler_class: Any) -> Any:
    class AnyNumberOfSteps(scheduler_class):  # type: ignore[misc]
        """Takes more steps than the distillation had, where diffusers refuses."""

        def set_timesteps(self, num_inference_steps: Any = None, *args: Any, **kwargs: Any) -> None:
            distilled = self.config.original_inference_steps
            if num_inference_steps is not None and num_inference_steps > distilled:
                kwargs.setdefault("original_inference_steps", num_inference_steps)
            super().set_timesteps(num_inference_steps, *args, **kwargs)

    return AnyNumberOfSteps
