#include "report/page.h"

#include <algorithm>

namespace tcpwhy {

namespace {

std::string_view escape_of(Style style) {
    switch (style) {
        case Style::plain:
            return "";
        case Style::bold:
            return "\x1b[1m";
        case Style::dim:
            return "\x1b[2m";
        case Style::good:
            return "\x1b[32m";
        case Style::doubtful:
            return "\x1b[33m";
        case Style::bad:
            return "\x1b[31m";
        case Style::bad_bold:
            return "\x1b[1;31m";
    }
    return "";
}

}  // namespace

std::size_t Page::columns(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
    }));
}

std::string Page::painted(Style style, std::string_view text) const {
    if (!color_ || style == Style::plain || text.empty()) return std::string(text);
    return std::string(escape_of(style)).append(text).append("\x1b[0m");
}

// The text from `column` on, its further lines indented; no line end after the last.
std::string Page::wrapped(std::size_t column, std::size_t indent, std::string_view text) const {
    std::string out;
    bool at_start = true;
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, space);
        text.remove_prefix(std::min(space + 1, text.size()));
        if (word.empty()) continue;
        const std::size_t needed = columns(word) + (at_start ? 0 : 1);
        if (!at_start && column + needed > width_) {
            out += '\n';
            out.append(indent, ' ');
            column = indent;
            at_start = true;
        }
        if (!at_start) out += ' ';
        out += word;
        column += columns(word) + (at_start ? 0 : 1);
        at_start = false;
    }
    return out;
}

void Page::paragraph(std::string& out, std::size_t indent, std::string_view text,
                     Style style) const {
    out.append(indent, ' ');
    out += painted(style, wrapped(indent, indent, text));
    out += '\n';
}

void Page::labelled(std::string& out, std::size_t indent, std::string_view label, Style label_style,
                    std::size_t label_width, std::string_view text) const {
    out.append(indent, ' ');
    out += painted(label_style, label);
    const std::size_t taken = columns(label);
    out.append(taken < label_width ? label_width - taken : 1, ' ');
    const std::size_t hanging = indent + label_width;
    out += wrapped(std::max(hanging, indent + taken + 1), hanging, text);
    out += '\n';
}

}  // namespace tcpwhy
