#include "cause/opening_signs.h"

#include <cstdlib>

#include "cause/thresholds.h"

namespace tcpwhy::cause {

namespace {

// Initial TTLs in use are 64, 128 and 255; a host may use one for its sockets and another for its
// resets, so distances are compared and not TTLs.
int hops_travelled(int ttl) {
    if (ttl <= 64) return 64 - ttl;
    return ttl <= 128 ? 128 - ttl : 255 - ttl;
}

bool is_hard(IcmpMeaning meaning) {
    return meaning != IcmpMeaning::other && meaning != IcmpMeaning::packet_too_big;
}

// An error known only from its quote cannot be held against what was sent.
bool quotes_syn(const Evidence& e, const IcmpFacts& f) {
    return f && f.quoted_from == Party::client && f.quotes_syn &&
           (f.quote_fits || e.quality.icmp_quote_only);
}

}  // namespace

std::string_view what_answered_syn(const Evidence& e) {
    if (!e.syns) return "no SYN was seen";
    if (e.syn_acks) return "the SYN was answered by SYN,ACK";
    if (e.server.seen) return "the server answered";
    if (e.established || e.handshake_ack) return "the client acknowledges an answer";
    for (const IcmpFacts& f : e.icmp) {
        if (quotes_syn(e, f) && is_hard(f.meaning)) return "an ICMP error says what became of it";
    }
    if (goes_round(e)) return "the SYN goes round in a loop";
    if (!is_overdue(e.syns, e)) return "the capture ends before an answer was due";
    return {};
}

bool goes_round(const Evidence& e) {
    return e.ttl_falling_copies >= copies_that_prove_a_loop;
}

bool is_overdue(const Run& tries, const Evidence& e) {
    return tries.count > 1 || e.silence >= initial_rto;
}

bool waited_long_enough(const Run& tries, const Evidence& e) {
    if (tries.count >= tries_that_prove_silence) return true;
    return e.silence >= time_of_three_tries && !e.quality.one_direction_everywhere;
}

bool host_is_alive(const Evidence& e) {
    // An answer to ARP alone has no TTL; a router may give it in the host's place (proxy ARP).
    return e.hosts.server_alive && (e.hosts.server_ttl != 0 || e.hosts.server_answers_tcp);
}

bool host_was_alive_meanwhile(const Evidence& e) {
    return host_is_alive(e) && e.hosts.alive_until >= e.syns.first.time;
}

std::string_view not_refused_by_reset(const Evidence& e) {
    if (!e.syns) return "no SYN was seen";
    if (!e.reset.moment) return "no reset was seen";
    if (e.syn_acks) return "the server answered with SYN,ACK, so something listens";
    if (e.established) return "the connection was established";
    if (e.reset.moment.from != Party::server) return "the reset came from the client";
    if (e.reset.position == ResetPosition::outside) {
        return "the reset does not acknowledge the SYN, so the client ignores it";
    }
    return {};
}

ResetOrigin origin_of_refusal(const Evidence& e) {
    if (!e.reset.ttl_known) return ResetOrigin::unknown;
    const int usual = e.reset.moment.ttl - e.reset.ttl_difference;
    const int distance = hops_travelled(usual);
    const int difference = std::abs(hops_travelled(e.reset.moment.ttl) - distance);
    if (difference == 0) return ResetOrigin::host;
    const bool far = distance > hops_without_route_noise;
    return far && difference <= route_ttl_noise ? ResetOrigin::unknown : ResetOrigin::elsewhere;
}

Dscp dscp_of_refusal(const Evidence& e) {
    constexpr int ecn_bits = 2;
    const Moment& syn = e.reset.trigger ? e.reset.trigger : e.syns.first;
    const int asked = syn.tos >> ecn_bits;
    const int answered = e.reset.moment.tos >> ecn_bits;
    if (asked == 0) return Dscp::says_nothing;
    if (answered == asked) return Dscp::copied;
    return answered == 0 ? Dscp::lost : Dscp::says_nothing;
}

std::string_view not_like_a_closed_port(const Evidence& e) {
    const std::string_view other_answer = not_refused_by_reset(e);
    if (!other_answer.empty()) return other_answer;
    if (!e.reset.reply_shape) return "a closed port's reset is made from the SYN alone";
    if (origin_of_refusal(e) == ResetOrigin::elsewhere) {
        return "the reset comes from another distance than the host itself";
    }
    return {};
}

bool handshake_went_on(const Evidence& e) {
    return e.syn_acks || e.established || e.handshake_ack;
}

std::int8_t icmp_about_syn(const Evidence& e, IcmpMeaning meaning) {
    for (std::size_t at = 0; at < e.icmp.size(); ++at) {
        const IcmpFacts& f = e.icmp[at];
        if (quotes_syn(e, f) && f.meaning == meaning) return static_cast<std::int8_t>(at);
    }
    return -1;
}

bool came_like_failed_lookup(const Evidence& e, std::int8_t icmp) {
    if (icmp < 0 || !e.syns.first) return false;
    const IcmpFacts& first = e.icmp[static_cast<std::size_t>(icmp)];
    if (first.time - e.syns.first.time < shortest_failed_lookup) return false;
    // The rule would have answered the only SYN at once.
    if (e.syns.count == 1) return true;
    for (const IcmpFacts& f : e.icmp) {
        const bool another = f && f.frame != first.frame && f.meaning == first.meaning;
        if (another && f.router == first.router && f.time - first.time <= one_burst) return true;
    }
    return false;
}

bool client_reset_the_syn_ack(const Evidence& e) {
    const ResetFacts& r = e.reset;
    return e.syn_acks && r.moment && r.moment.from == Party::client &&
           r.answers == Trigger::syn_ack && !e.handshake_ack;
}

Duration wait_for_syn_ack(const Evidence& e) {
    return e.syn_acks.first.time - e.syns.first.time;
}

bool server_said_nothing_more(const Evidence& e) {
    return e.server.bytes == 0 && !e.server.fin && e.client.largest_acked == 0;
}

}  // namespace tcpwhy::cause
