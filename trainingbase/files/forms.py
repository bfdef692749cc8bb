"""A field that takes a file, and says at its place why it does not."""

from flask_babel import gettext as _
from wtforms import FileField, MultipleFileField, ValidationError

from trainingbase.files.rules import DOCUMENTS, ENDINGS, LARGEST, Unfit, Upload, examined


def why_unfit(because: str, kinds: tuple[str, ...]) -> str:
    endings = ", ".join(ENDINGS[kind].upper() for kind in kinds)
    return {
        "empty": _("This file is empty."),
        "large": _("This file is too large: at most %(size)s MB.", size=LARGEST // 1024**2),
        "kind": _("This is not a file of a kind that is taken: %(kinds)s.", kinds=endings),
        "broken": _("This file is damaged and cannot be read."),
        "pixels": _("This picture has too many pixels: make it smaller."),
    }[because]


class _Taking:
    """What both fields share: which kinds they take, and examining what came."""

    def __init__(self, label=None, validators=None, *, kinds=DOCUMENTS, **options):
        endings = ",".join("." + ENDINGS[kind] for kind in kinds)
        options["render_kw"] = {"accept": endings, **options.get("render_kw", {})}
        super().__init__(label, validators, **options)  # type: ignore[call-arg]
        self.kinds = kinds

    def process_formdata(self, valuelist):
        """A text in the place of a file is no file."""
        self.raw_data = [one for one in valuelist if getattr(one, "filename", None)]
        super().process_formdata(self.raw_data)  # type: ignore[misc]

    def _taken(self, value) -> Upload | None:
        if not getattr(value, "filename", None):
            return None
        try:
            return examined(value.filename, value.read(LARGEST + 1), self.kinds)
        except Unfit as unfit:
            raise ValidationError(why_unfit(unfit.because, self.kinds)) from None


class UploadField(_Taking, FileField):
    """`upload` is an `Upload` once the form is valid, or None when nothing was chosen."""

    upload: Upload | None = None

    def pre_validate(self, form):
        self.upload = self._taken(self.data)


class UploadsField(_Taking, MultipleFileField):
    """`uploads` are all the files chosen, once the form is valid."""

    uploads: tuple[Upload, ...] = ()

    def pre_validate(self, form):
        taken = [self._taken(value) for value in self.data or ()]
        self.uploads = tuple(upload for upload in taken if upload is not None)
