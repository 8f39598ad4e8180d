// A conversation test as it is written: docs/notation.md, "Conversation files".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "notation/notation.h"
#include "tcpwhy/address.h"

namespace tcpwhy::test {

/// "party NAME ADDRESS [IPV6-ADDRESS]".
struct NamedAddress {
    std::string name;
    std::optional<IpAddress> v4;
    std::optional<IpAddress> v6;
};

/// One packet, repetitions written out: its time is absolute and its ports are there.
struct ScriptedPacket {
    std::size_t line = 0;  ///< of the file, from 1
    NotationLine packet;
};

/// A verdict that connections must get, with the checks under it.
struct ExpectedVerdict {
    std::size_t line = 0;       ///< of the file, from 1
    std::size_t last_line = 0;  ///< its last check's
    std::string selector;       ///< as written between "verdict" and ':', or empty
    std::optional<NotationParty> client;
    std::optional<NotationParty> server;
    std::size_t which = 0;  ///< from 1 among those selected, by their start; 0 = all of them
    bool none = false;      ///< there must be no connection
    std::string outcome, cause, confidence, by;
    bool any_alternatives = false;
    std::vector<std::string> alternatives;
    std::optional<std::string> conn_state;
    std::optional<std::string> history;
    std::optional<std::pair<std::string, std::string>> states;
    std::optional<std::pair<std::uint64_t, std::uint64_t>> bytes;
    std::optional<std::pair<std::uint64_t, std::uint64_t>> packets;
    std::optional<std::vector<std::string>> notes;
    std::vector<std::size_t> evidence;  ///< packets from 1
};

struct Conversation {
    std::string file;
    std::size_t line = 0;
    std::string name;
    std::vector<NamedAddress> parties;
    std::string link = "ethernet";
    std::vector<std::string> left_out;  ///< variations, without "no-"
    bool plain_only = false;
    std::vector<ScriptedPacket> packets;
    std::optional<Duration> end;
    std::vector<ExpectedVerdict> verdicts;
};

/// All conversations of a text; `file` is what errors call it.
/// Errors: corrupt, "file:line: …".
[[nodiscard]] Result<std::vector<Conversation>> parse_conversations(const std::string& file,
                                                                    std::string_view text);
/// The same of a file. Errors: also not_found.
[[nodiscard]] Result<std::vector<Conversation>> read_conversations(const std::string& path);

/// Words between blanks.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);
/// Parts between commas, without blanks around them; none for an empty text.
[[nodiscard]] std::vector<std::string> list_of(std::string_view text);
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace tcpwhy::test
