// Reads one line of notation from left to right.
#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "tcpwhy/result.h"

namespace tcpwhy {

/// A place within a line. Every member that looks for something skips blanks first, and moves on
/// only when it finds it.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    [[nodiscard]] bool at_end() {
        skip_blanks();
        return at_ == text_.size();
    }
    /// The characters up to the next blank, bracket or comma; left where it is.
    [[nodiscard]] std::string_view peek_word() {
        skip_blanks();
        const auto end = text_.find_first_of(" \t<>[],", at_);
        return text_.substr(at_, (end == std::string_view::npos ? text_.size() : end) - at_);
    }
    /// That word, passed.
    std::string_view word() {
        const auto found = peek_word();
        at_ += found.size();
        return found;
    }
    /// Whether the next word is exactly `wanted`; then it is passed.
    [[nodiscard]] bool accept(std::string_view wanted) {
        if (peek_word() != wanted) return false;
        at_ += wanted.size();
        return true;
    }
    /// Whether the next character is `wanted`; then it is passed.
    [[nodiscard]] bool accept(char wanted) {
        skip_blanks();
        if (at_ == text_.size() || text_[at_] != wanted) return false;
        ++at_;
        return true;
    }
    /// The next word as a number up to `limit`, decimal or 0x hexadecimal.
    [[nodiscard]] std::optional<std::uint32_t> number(std::uint32_t limit) {
        const auto found = to_number(peek_word(), limit);
        if (found) (void)word();
        return found;
    }

    /// A complaint about what stands here.
    [[nodiscard]] tl::unexpected<Error> error(const std::string& what) {
        skip_blanks();
        return fail(ErrorKind::corrupt, "column " + std::to_string(at_ + 1) + ": " + what);
    }
    /// "expected `wanted`, found …".
    [[nodiscard]] tl::unexpected<Error> expected(std::string_view wanted) {
        std::string found(peek_word());
        if (found.empty()) found = at_end() ? "the end of the line" : std::string(1, text_[at_]);
        return error("expected " + std::string(wanted) + ", found " + found);
    }

    /// All of `digits` as a number up to `limit`.
    [[nodiscard]] static std::optional<std::uint32_t> to_number(std::string_view digits,
                                                                std::uint32_t limit) {
        const bool hexadecimal = digits.starts_with("0x");
        if (hexadecimal) digits.remove_prefix(2);
        std::uint32_t value = 0;
        const char* end = digits.data() + digits.size();
        const auto [stop, trouble] =
            std::from_chars(digits.data(), end, value, hexadecimal ? 16 : 10);
        if (trouble != std::errc{} || stop != end || value > limit) return {};
        return value;
    }

private:
    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace tcpwhy
