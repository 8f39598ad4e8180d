// Turns packet lines into packets: ports and times filled in, repetitions written out, nonsense
// refused.
#pragma once

#include <map>
#include <set>

#include "notation/sense.h"
#include "support/conversation.h"

namespace tcpwhy::test {

/// Gives ports to those that a conversation leaves out.
class PortBook {
public:
    /// Fills in both ports.
    void fill(NotationParty& from, NotationParty& to);
    /// A port that nobody of that name has used.
    [[nodiscard]] std::uint16_t fresh(const std::string& name);

private:
    void fill_towards(NotationParty& party, const NotationParty& peer);
    std::map<std::pair<std::string, std::string>, std::uint16_t> given_;
    std::map<std::string, std::set<std::uint16_t>> used_;
};

/// The packets of one conversation, line by line. Errors are sentences without a place.
class Script {
public:
    using Problem = std::optional<std::string>;

    [[nodiscard]] Problem add_packet(std::string_view text, std::size_t line);
    /// What follows the word "again".
    [[nodiscard]] Problem again(std::string_view text, std::size_t line);
    [[nodiscard]] std::vector<ScriptedPacket> take() { return std::move(packets_); }
    [[nodiscard]] bool empty() const { return packets_.empty(); }

private:
    /// What changes from one repetition to the next.
    enum class Renewal : std::uint8_t { nothing, from_host, from_port, to_host, to_port };
    struct Repetition {
        std::size_t packets = 1;
        std::vector<Duration> at;  ///< of the first packet of each repetition
        Renewal renewal = Renewal::nothing;
    };

    [[nodiscard]] Problem append(NotationLine line, std::size_t number);
    [[nodiscard]] Problem parse_again(const std::vector<std::string>& words, Repetition& out) const;
    [[nodiscard]] Problem repeat(const Repetition& repetition, std::size_t number);
    [[nodiscard]] NotationParty renewed(const NotationParty& party, Renewal renewal);

    PortBook ports_;
    SenseCheck sense_;
    std::vector<ScriptedPacket> packets_;
    std::map<std::string, std::size_t> hosts_made_;
};

}  // namespace tcpwhy::test
