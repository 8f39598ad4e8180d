#include "notation/sense.h"

namespace tcpwhy {

namespace {

bool is_after(std::uint32_t a, std::uint32_t b) {
    return static_cast<std::int32_t>(a - b) > 0;
}

std::uint32_t end_of(const NotationSegment& s) {
    return s.seq + s.length + (s.flags.syn() ? 1 : 0) + (s.flags.fin() ? 1 : 0);
}

std::string quotable(const NotationParty& from, const NotationParty& to, std::uint32_t seq) {
    return print(from) + " > " + print(to) + " " + std::to_string(seq);
}

// RFC 9293 3.10.7.1: the reset of what has no connection carries 0 when it answers a bare SYN.
bool is_closed_ports_reset(const NotationSegment& s) {
    return s.flags.rst() && s.flags.ack() && s.seq == 0;
}

}  // namespace

std::optional<std::string> SenseCheck::check_sending(const NotationSegment& s, const Side& own,
                                                     bool is_first) const {
    if (is_first && !s.flags.syn()) return "the connection does not begin with a SYN";
    if (s.flags.syn() && own.syn && s.seq != *own.syn) return "another SYN number without [new]";
    if (s.flags.syn() && own.seen && !own.syn) return "a SYN after other segments, without [new]";
    if (!own.seen || s.flags.syn() || is_closed_ports_reset(s)) return {};
    if (is_after(s.seq, own.end)) return "bytes of the sender are left out";
    if (own.fin_end && !s.flags.rst() && is_after(end_of(s), *own.fin_end)) {
        return "new bytes after the sender's FIN";
    }
    return {};
}

std::optional<std::string> SenseCheck::check_acks(const NotationSegment& s,
                                                  const Side& peer) const {
    if (!peer.seen) return {};
    if (s.ack && is_after(*s.ack, peer.end)) return "acknowledges bytes that were not sent";
    if (!s.options) return {};
    for (const auto& option : *s.options) {
        for (const auto& block : option.blocks) {
            if (is_after(block.last, peer.end)) return "SACKs bytes that were not sent";
        }
    }
    return {};
}

void SenseCheck::remember(const NotationSegment& s, Side& own) {
    if (s.flags.syn() && !own.syn) own.syn = s.seq;
    if (s.flags.rst()) return;
    if (!own.seen || is_after(end_of(s), own.end)) own.end = end_of(s);
    own.seen = true;
    if (s.flags.fin()) own.fin_end = end_of(s);
}

std::optional<std::string> SenseCheck::check_segment(const NotationLine& line) {
    const NotationSegment& s = line.segment;
    const std::string from = print(line.from);
    const std::string to = print(line.to);
    const bool swapped = to < from;
    auto [place, is_first] =
        connections_.try_emplace(swapped ? std::pair(to, from) : std::pair(from, to));
    Sides& sides = place->second;
    if (line.fields.new_connection) {
        if (is_first) return "[new], but there was no connection on these ports";
        if (!s.flags.syn()) return "[new] on a segment that is no SYN";
        sides = Sides{.of = {}, .has_previous = true};
        is_first = true;
    }
    if (line.fields.old_numbers) {
        if (!sides.has_previous) return "[old], but there was no [new] on these ports";
        return {};
    }
    Side& own = sides.of[swapped ? 1 : 0];
    const Side& peer = sides.of[swapped ? 0 : 1];
    if (!line.odd) {
        if (auto problem = check_sending(s, own, is_first)) return problem;
        if (auto problem = check_acks(s, from == to ? own : peer)) return problem;
    }
    remember(s, own);
    sent_.insert(quotable(line.from, line.to, s.seq));
    return {};
}

std::optional<std::string> SenseCheck::check_quote(const NotationIcmp& icmp) const {
    if (sent_.contains(quotable(icmp.quoted_from, icmp.quoted_to, icmp.quoted_seq))) return {};
    return "quotes a segment that was not sent";
}

std::optional<std::string> SenseCheck::check(const NotationLine& line) {
    if (last_ && line.at < *last_ && !line.odd) return "the time goes back";
    last_ = line.at;
    if (line.kind == NotationLine::Kind::segment) return check_segment(line);
    if (line.kind == NotationLine::Kind::icmp_error && !line.odd) return check_quote(line.icmp);
    return {};
}

void mark_odd(std::span<NotationLine> lines) {
    SenseCheck sense;
    for (auto& line : lines) {
        if (!sense.check(line)) continue;
        line.odd = true;
        // Only now that it is meant is it remembered.
        (void)sense.check(line);
    }
}

}  // namespace tcpwhy
