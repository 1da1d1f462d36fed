"""Generation settings inside pictures: A1111, ComfyUI, InvokeAI, Fooocus and Shoreline itself."""

from studio.files.metadata.found import PARAMETERS_KEY, SHORELINE_KEY, FoundMetadata, own_settings, validated_settings

__all__ = ["PARAMETERS_KEY", "SHORELINE_KEY", "FoundMetadata", "own_settings", "validated_settings"]
