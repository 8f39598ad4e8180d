// The control bits of a TCP header (RFC 9293 3.1, RFC 3168, AccECN).
#pragma once

#include <cstdint>

namespace tcpwhy {

/// The nine control bits, as they stand in bytes 12 and 13 of the header.
struct TcpFlags {
    std::uint16_t bits = 0;

    static constexpr std::uint16_t fin_bit = 0x001;
    static constexpr std::uint16_t syn_bit = 0x002;
    static constexpr std::uint16_t rst_bit = 0x004;
    static constexpr std::uint16_t psh_bit = 0x008;
    static constexpr std::uint16_t ack_bit = 0x010;
    static constexpr std::uint16_t urg_bit = 0x020;
    static constexpr std::uint16_t ece_bit = 0x040;
    static constexpr std::uint16_t cwr_bit = 0x080;
    static constexpr std::uint16_t ae_bit = 0x100;

    [[nodiscard]] constexpr bool fin() const { return (bits & fin_bit) != 0; }
    [[nodiscard]] constexpr bool syn() const { return (bits & syn_bit) != 0; }
    [[nodiscard]] constexpr bool rst() const { return (bits & rst_bit) != 0; }
    [[nodiscard]] constexpr bool psh() const { return (bits & psh_bit) != 0; }
    [[nodiscard]] constexpr bool ack() const { return (bits & ack_bit) != 0; }
    [[nodiscard]] constexpr bool urg() const { return (bits & urg_bit) != 0; }
    [[nodiscard]] constexpr bool ece() const { return (bits & ece_bit) != 0; }
    [[nodiscard]] constexpr bool cwr() const { return (bits & cwr_bit) != 0; }

    /// Whether exactly `wanted` is set among SYN, FIN, RST and ACK.
    [[nodiscard]] constexpr bool control_is(std::uint16_t wanted) const {
        return (bits & (syn_bit | fin_bit | rst_bit | ack_bit)) == wanted;
    }

    friend constexpr bool operator==(TcpFlags, TcpFlags) = default;
};

}  // namespace tcpwhy
