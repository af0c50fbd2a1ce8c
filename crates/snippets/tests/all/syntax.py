"""Parses files with the grammar of a language and reports syntax errors."""

import importlib
import sys

import tree_sitter


def errors(node):
    if node.is_error or node.is_missing:
        yield node
    elif node.has_error:
        for child in node.children:
            yield from errors(child)


def main(grammar, *paths):
    language = tree_sitter.Language(importlib.import_module(grammar).language())
    has_errors = False
    for path in paths:
        with open(path, "rb") as file:
            source = file.read()
        for node in errors(tree_sitter.Parser(language).parse(source).root_node):
            has_errors = True
            line, column = node.start_point
            print(f"{path}:{line + 1}:{column + 1}: {source[node.start_byte:node.end_byte][:80]!r}", file=sys.stderr)
    return has_errors


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
