"""Run by itself (see `aside`): sets what comes in, and writes the document out."""

import json
import sys
from base64 import b64decode


def main() -> None:
    import typst

    order = json.load(sys.stdin)
    files = {name: b64decode(content) for name, content in order["files"].items()}
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[order["fonts"]]
    )
    made = typst.compile(files, font_paths=fonts, **order["settings"])
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
