#include "support/script.h"

#include <algorithm>
#include <charconv>

namespace tcpwhy::test {

namespace {

constexpr std::uint16_t server_port = 80;
constexpr std::uint16_t first_client_port = 40001;
// What fits into an IPv4 packet beside the largest headers.
constexpr std::uint32_t longest_payload = 65'000;
constexpr std::size_t most_repetitions = 20'000;

std::optional<std::size_t> to_count(std::string_view word) {
    std::size_t count = 0;
    const char* end = word.data() + word.size();
    const auto [stop, trouble] = std::from_chars(word.data(), end, count);
    if (trouble != std::errc{} || stop != end || count == 0 || count > most_repetitions) return {};
    return count;
}

/// Every place of a packet that names a party.
std::vector<NotationParty*> parties_of(NotationLine& line) {
    if (line.kind != NotationLine::Kind::icmp_error) return {&line.from, &line.to};
    return {&line.from, &line.to, &line.icmp.quoted_from, &line.icmp.quoted_to};
}

void fill_ports(PortBook& ports, NotationLine& line) {
    if (line.kind == NotationLine::Kind::segment) ports.fill(line.from, line.to);
    if (line.kind == NotationLine::Kind::icmp_error) {
        ports.fill(line.icmp.quoted_from, line.icmp.quoted_to);
    }
}

}  // namespace

void PortBook::fill(NotationParty& from, NotationParty& to) {
    for (auto* party : {&from, &to}) {
        if (!party->port && party->name.starts_with("server")) party->port = server_port;
    }
    // In either direction of a connection the same question, so that it gets the same answer.
    auto* first = from.name < to.name ? &from : &to;
    auto* second = first == &from ? &to : &from;
    if (!first->port) fill_towards(*first, *second);
    if (!second->port) fill_towards(*second, *first);
    used_[from.name].insert(*from.port);
    used_[to.name].insert(*to.port);
}

void PortBook::fill_towards(NotationParty& party, const NotationParty& peer) {
    const auto [place, is_new] = given_.try_emplace(std::pair(party.name, print(peer)), 0);
    if (is_new) place->second = fresh(party.name);
    party.port = place->second;
}

std::uint16_t PortBook::fresh(const std::string& name) {
    auto& used = used_[name];
    std::uint16_t port = first_client_port;
    while (used.contains(port)) ++port;
    used.insert(port);
    return port;
}

Script::Problem Script::add_packet(std::string_view text, std::size_t number) {
    auto line = parse_notation(text);
    if (!line) return line.error().what;
    if (line->after_previous) {
        if (packets_.empty()) return "a time after the line before, but there is none";
        line->at += packets_.back().packet.at;
        line->after_previous = false;
    }
    fill_ports(ports_, *line);
    return append(*std::move(line), number);
}

Script::Problem Script::append(NotationLine line, std::size_t number) {
    if (line.segment.length > longest_payload) return "more payload than fits into a packet";
    if (auto problem = sense_.check(line)) return problem;
    packets_.push_back({number, std::move(line)});
    return {};
}

Script::Problem Script::parse_again(const std::vector<std::string>& words, Repetition& out) const {
    constexpr std::string_view usage =
        "expected again [the last N] at TIME… or again [the last N] N times every SECONDS "
        "[from|to new hosts|ports]";
    std::size_t at = 0;
    const auto word = [&words](std::size_t i) {
        return i < words.size() ? words[i] : std::string();
    };
    if (word(0) == "the" && word(1) == "last") {
        const auto packets = to_count(word(2));
        if (!packets || *packets > packets_.size()) return "there are not so many packets above";
        out.packets = *packets;
        at = 3;
    }
    if (packets_.size() < out.packets) return "again, but there is nothing above";
    if (word(at) == "at") {
        for (++at; at < words.size(); ++at) {
            const auto time = parse_notation_time(words[at]);
            if (!time) return "expected a time in seconds, found " + words[at];
            out.at.push_back(*time);
        }
        return out.at.empty() ? Problem("again at which time?") : Problem();
    }
    const auto count = to_count(word(at));
    const auto every = parse_notation_time(word(at + 3));
    if (!count || word(at + 1) != "times" || word(at + 2) != "every" || !every) {
        return std::string(usage);
    }
    Duration time = packets_[packets_.size() - out.packets].packet.at;
    for (std::size_t i = 0; i < *count; ++i) out.at.push_back(time += *every);
    at += 4;
    if (at == words.size()) return {};
    const std::string renewal = word(at) + " " + word(at + 1) + " " + word(at + 2);
    if (renewal == "from new hosts") out.renewal = Renewal::from_host;
    if (renewal == "from new ports") out.renewal = Renewal::from_port;
    if (renewal == "to new hosts") out.renewal = Renewal::to_host;
    if (renewal == "to new ports") out.renewal = Renewal::to_port;
    if (out.renewal == Renewal::nothing || words.size() != at + 3) return std::string(usage);
    return {};
}

NotationParty Script::renewed(const NotationParty& party, Renewal renewal) {
    NotationParty other = party;
    if (renewal == Renewal::from_port || renewal == Renewal::to_port) {
        other.port = ports_.fresh(party.name);
        return other;
    }
    const auto number = hosts_made_.try_emplace(party.name, 1).first->second++ + 1;
    other.name += "." + std::to_string(number);
    return other;
}

Script::Problem Script::repeat(const Repetition& repetition, std::size_t number) {
    const auto first = packets_.end() - static_cast<std::ptrdiff_t>(repetition.packets);
    const std::vector<ScriptedPacket> block(first, packets_.end());
    const NotationLine& model = block.front().packet;
    const bool renews_to =
        repetition.renewal == Renewal::to_host || repetition.renewal == Renewal::to_port;
    const NotationParty old = renews_to ? model.to : model.from;
    for (const Duration at : repetition.at) {
        const NotationParty fresh =
            repetition.renewal == Renewal::nothing ? old : renewed(old, repetition.renewal);
        for (const auto& [line, packet] : block) {
            NotationLine copy = packet;
            copy.at += at - model.at;
            for (auto* party : parties_of(copy)) {
                if (*party == old) *party = fresh;
                // ICMP and ARP name hosts without ports.
                if (party->name == old.name && !party->port) party->name = fresh.name;
            }
            if (auto problem = append(std::move(copy), number)) return problem;
        }
    }
    return {};
}

Script::Problem Script::again(std::string_view text, std::size_t number) {
    Repetition repetition;
    if (auto problem = parse_again(words_of(text), repetition)) return problem;
    return repeat(repetition, number);
}

}  // namespace tcpwhy::test
