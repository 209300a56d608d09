"""Lengths of the C++ functions in a text. A reader of braces, not of C++: good enough for formatted code."""
import re

CONTAINER = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b")
NAME = re.compile(r"([\w:~]+|operator\S+)\s*\(")
SKIPPED = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![A-Za-z0-9_])'(?:\\.|[^'\\\n])+'",
    re.DOTALL)


def blanked(text):
    """The text with comments and literals as spaces, line ends kept."""
    return SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found.group(0)), text)


def long_functions(text):
    """Yields (first line, number of lines, name) of every function that is not inside another."""
    head_start = 0      # Where the statement that a brace may belong to begins.
    opened = []         # One entry per open brace: None for a container, else (line, name) or ().
    text = blanked(re.sub(r"(?m)^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", "", text))
    line = 1
    head_line = 1
    fresh = True
    for at, char in enumerate(text):
        if fresh and not char.isspace():
            head_start, head_line, fresh = at, line, False
        if char == "\n":
            line += 1
        elif char == "{":
            head = text[head_start:at]
            inside = any(entry is not None for entry in opened)
            name = NAME.search(head)
            if inside:
                opened.append(())
            elif name and not re.match(r"\s*(enum|namespace)\b", head):
                opened.append((head_line, name.group(1)))
            else:
                opened.append(None if CONTAINER.search(head) else ())
            fresh = True
        elif char == "}":
            entry = opened.pop() if opened else None
            if entry:
                yield entry[0], line - entry[0] + 1, entry[1]
            fresh = True
        elif char == ";":
            fresh = True
