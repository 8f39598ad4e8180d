// Zeek's conn.log history: one letter per kind of event and direction.
// https://docs.zeek.org/en/master/scripts/base/protocols/conn/main.zeek.html
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "connection/moment.h"

namespace tcpwhy {

/// The history string while it grows. Letters: s SYN, h SYN-ACK, a pure ACK, d data, f FIN, r RST,
/// g gap, t retransmitted payload, w zero window, i inconsistent (FIN+RST), q multi-flag (SYN+FIN,
/// SYN+RST), c bad checksum, ^ direction flipped. Upper case = the originator.
class History {
public:
    /// For letters a, d, i, q: at most once per direction.
    void note_once(char letter, Party from);
    /// For letters s, h, f, r: again only with another sequence number than the last of its kind.
    void note_unless_same(char letter, Party from, bool same_as_last);
    /// For letters c, g, t, w: the first, the 10th, the 100th…
    void note_scaled(char letter, Party from);
    /// '^' in front.
    void note_flip();
    [[nodiscard]] std::string_view text() const { return {text_.data(), length_}; }

private:
    void append(char letter, Party from);

    static constexpr std::size_t capacity = 40;
    std::array<std::uint8_t, 2> once_{};  ///< bits for a, d, i, q by Party
    std::uint8_t length_ = 0;
    std::array<char, capacity> text_{};
    std::array<std::array<std::uint32_t, 4>, 2> counts_{};  ///< c, g, t, w by Party
};

}  // namespace tcpwhy
