// The letters of the TCP flags that printer and parser share, in the order of printing.
#pragma once

#include <cstdint>
#include <string_view>

#include "packet/tcp_flags.h"

namespace tcpwhy {

struct FlagLetter {
    char letter;
    std::uint16_t bit;
};
/// tcpdump's letters in tcpdump's order.
inline constexpr FlagLetter flag_letters[] = {
    {'F', TcpFlags::fin_bit}, {'S', TcpFlags::syn_bit}, {'R', TcpFlags::rst_bit},
    {'P', TcpFlags::psh_bit}, {'.', TcpFlags::ack_bit}, {'U', TcpFlags::urg_bit},
    {'E', TcpFlags::ece_bit}, {'W', TcpFlags::cwr_bit}, {'e', TcpFlags::ae_bit},
};
inline constexpr std::string_view no_flags = "none";

}  // namespace tcpwhy
