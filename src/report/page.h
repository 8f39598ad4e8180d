// Text laid out for a person: wrapped to a width, coloured where the reader wants it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tcpwhy {

/// How a piece of text stands out.
enum class Style { plain, bold, dim, good, doubtful, bad, bad_bold };

/// How wide and how colourful text is to be. All functions append whole lines to `out`.
class Page {
public:
    /// `width` in columns; below 40 it is taken as 40.
    Page(bool color, std::size_t width) : color_(color), width_(width < 40 ? 40 : width) {}

    /// `text` in that style, or as it is where there is no colour.
    [[nodiscard]] std::string painted(Style style, std::string_view text) const;

    /// `text` wrapped between words, every line indented by `indent` columns.
    void paragraph(std::string& out, std::size_t indent, std::string_view text,
                   Style style = Style::plain) const;

    /// As paragraph(), with `label` in front of the first line and the others hanging below the
    /// text, which begins at column `indent` + `label_width`.
    void labelled(std::string& out, std::size_t indent, std::string_view label, Style label_style,
                  std::size_t label_width, std::string_view text) const;

    /// Columns that `text` takes; each code point of UTF-8 counts one.
    [[nodiscard]] static std::size_t columns(std::string_view text);

private:
    [[nodiscard]] std::string wrapped(std::size_t column, std::size_t indent,
                                      std::string_view text) const;

    bool color_;
    std::size_t width_;
};

}  // namespace tcpwhy
