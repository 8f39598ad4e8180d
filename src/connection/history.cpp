#include "connection/history.h"

#include <algorithm>

namespace tcpwhy {

namespace {

constexpr std::string_view once_letters = "adiq";
constexpr std::string_view scaled_letters = "cgtw";

bool is_power_of_ten(std::uint32_t count) {
    std::uint64_t power = 1;
    while (power < count) power *= 10;
    return power == count;
}

}  // namespace

void History::append(char letter, Party from) {
    if (length_ == capacity) return;
    const char shown = from == Party::client ? static_cast<char>(letter - 'a' + 'A') : letter;
    text_[length_++] = shown;
}

void History::note_once(char letter, Party from) {
    const auto bit = static_cast<std::uint8_t>(1U << once_letters.find(letter));
    std::uint8_t& seen = once_[static_cast<std::size_t>(from)];
    if ((seen & bit) != 0) return;
    seen = static_cast<std::uint8_t>(seen | bit);
    append(letter, from);
}

void History::note_unless_same(char letter, Party from, bool same_as_last) {
    if (!same_as_last) append(letter, from);
}

void History::note_scaled(char letter, Party from) {
    std::uint32_t& count = counts_[static_cast<std::size_t>(from)][scaled_letters.find(letter)];
    ++count;
    if (is_power_of_ten(count)) append(letter, from);
}

void History::note_flip() {
    if (length_ == capacity) return;
    std::copy_backward(text_.begin(), text_.begin() + length_, text_.begin() + length_ + 1);
    text_[0] = '^';
    ++length_;
}

}  // namespace tcpwhy
