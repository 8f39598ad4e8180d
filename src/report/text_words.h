// Phrases of the text report.
#pragma once

#include <span>
#include <string>

#include "report/page.h"
#include "tcpwhy/verdict.h"

namespace tcpwhy {

/// "refused by the server", "timed out in the network", "unreachable".
[[nodiscard]] std::string fate(Outcome outcome, By by);

/// How sure it is, coloured: certain is good, possible is doubtful.
[[nodiscard]] Style style_of(Confidence confidence);

/// "10.0.0.1:80", "[2001:db8::1]:80", or the address alone where there is no port.
[[nodiscard]] std::string server_name(const SocketAddress& server);

/// "22, 80, 8000-8010 and 20 more ports". REQUIRES: ascending.
[[nodiscard]] std::string port_list(std::span<const std::uint16_t> ports);

/// The deciding packets, a line each: frame, time, what it says.
void evidence_lines(std::string& out, const Page& page, std::size_t indent,
                    std::span<const EvidenceLine> evidence);

/// What else it may be: at most `most` causes with their reasons, a line each.
void alternative_lines(std::string& out, const Page& page, std::size_t indent,
                       std::span<const Alternative> alternatives, std::size_t most);

/// What to do, and what would prove it.
void advice_lines(std::string& out, const Page& page, std::size_t indent,
                  std::span<const std::string> advice);

/// One connection in full, a dozen lines.
[[nodiscard]] std::string connection_text(const Page& page, const Verdict& verdict);

}  // namespace tcpwhy
