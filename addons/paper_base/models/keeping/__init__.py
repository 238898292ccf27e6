"""What has to be kept is told before an addon goes."""

from . import base_module_uninstall
