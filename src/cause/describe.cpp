#include <fmt/format.h>

#include <algorithm>

#include "cause/diagnose.h"
#include "cause/ladder.h"
#include "cause/phrases.h"

namespace tcpwhy {

namespace {

std::string flag_names(TcpFlags flags) {
    std::string names;
    const auto add = [&names](bool set, std::string_view name) {
        if (!set) return;
        if (!names.empty()) names += ',';
        names += name;
    };
    add(flags.syn(), "SYN");
    add(flags.fin(), "FIN");
    add(flags.rst(), "RST");
    add(flags.ack(), "ACK");
    return names.empty() ? "no flags" : names;
}

// Numbers far from the side's initial one are another connection's, or forged: shown as they are.
std::string relative(Seq s, const EvidenceSide& side) {
    const std::uint32_t offset = side.relative(s);
    constexpr std::uint32_t far = 1U << 30;
    return offset < far ? fmt::format("{}", offset) : fmt::format("{} (raw)", s.value);
}

bool is_answer(const Moment& m, const Evidence& e) {
    if (m.flags.syn()) return m.flags.ack();
    for (const ResetFacts* r : {&e.reset, &e.second_reset, &e.reset_of_other_side}) {
        if (r->moment.frame == m.frame) return r->answers != Trigger::none;
    }
    return false;
}

std::string say_numbers(const Moment& m, const Evidence& e) {
    const EvidenceSide& sender = e.side(m.from);
    const EvidenceSide& receiver = e.side(other(m.from));
    const bool answers_bare_syn = m.flags.rst() && m.flags.ack() && m.seq == Seq(0);
    std::string text;
    if (!answers_bare_syn) text += " seq=" + relative(m.seq, sender);
    if (m.flags.ack()) text += " ack=" + relative(m.ack, receiver);
    if (m.length != 0) text += fmt::format(" len={}", m.length);
    if (m.flags.rst() || m.window == 0) text += fmt::format(" win={}", m.window);
    return text;
}

std::string say_icmp(const IcmpFacts& icmp) {
    const auto name = [](IcmpMeaning meaning) -> std::string_view {
        switch (meaning) {
            case IcmpMeaning::network_unreachable:
                return "network unreachable";
            case IcmpMeaning::host_unreachable:
                return "host unreachable";
            case IcmpMeaning::protocol_unreachable:
                return "protocol unreachable";
            case IcmpMeaning::port_unreachable:
                return "port unreachable";
            case IcmpMeaning::packet_too_big:
                return "packet too big";
            case IcmpMeaning::prohibited:
                return "administratively prohibited";
            case IcmpMeaning::time_exceeded:
                return "time to live exceeded";
            case IcmpMeaning::other:
                break;
        }
        return "error";
    };
    return fmt::format("{} says {} {} ({}/{}) about {}'s {}", icmp.router.to_string(),
                       icmp.is_v6 ? "ICMPv6" : "ICMP", name(icmp.meaning), icmp.type, icmp.code,
                       icmp.quoted_from == Party::client ? "the client" : "the server",
                       icmp.quotes_syn ? "SYN" : "segment");
}

void add_evidence(const Judged& judged, Verdict& v) {
    const Evidence& e = judged.evidence;
    const Opinion& opinion = judged.diagnosis.opinion;
    for (const Moment* m : opinion.moments) {
        if (m == nullptr || !*m) continue;
        v.evidence.push_back({m->frame, m->time, say(*m, e)});
    }
    if (opinion.icmp >= 0) {
        const IcmpFacts& icmp = e.icmp[static_cast<std::size_t>(opinion.icmp)];
        v.evidence.push_back({icmp.frame, icmp.time, say_icmp(icmp)});
    }
    const auto by_frame = [](const EvidenceLine& a, const EvidenceLine& b) {
        return a.frame < b.frame;
    };
    std::stable_sort(v.evidence.begin(), v.evidence.end(), by_frame);
    const auto same_frame = [](const EvidenceLine& a, const EvidenceLine& b) {
        return a.frame == b.frame;
    };
    v.evidence.erase(std::unique(v.evidence.begin(), v.evidence.end(), same_frame),
                     v.evidence.end());
}

void add_alternatives(const Diagnosis& d, Verdict& v) {
    for (std::size_t at = 0; at < d.alternative_count; ++at) {
        const Diagnosis::Remaining& other_cause = d.alternatives[at];
        const bool fitting = other_cause.opinion.fit == Opinion::Fit::fits;
        v.alternatives.push_back({other_cause.cause->id,
                                  fitting ? Confidence::likely : Confidence::possible,
                                  std::string(other_cause.opinion.because)});
    }
}

void add_exclusions(const Evidence& e, Verdict& v) {
    for (const Cause* cause : catalogue()) {
        const Opinion opinion = cause->judge(e);
        if (opinion.fit == Opinion::Fit::ruled_out) {
            v.excluded.push_back({cause->id, std::string(opinion.because)});
        }
    }
}

void add_notes(const Evidence& e, Verdict& v) {
    const CaptureQuality& q = e.quality;
    const std::pair<bool, std::string_view> notes[] = {
        {q.starts_midstream, "starts-midstream"},
        {q.client_guessed, "client-guessed"},
        {q.one_direction, "one-direction"},
        {q.lost_packets, "capture-lost-packets"},
        {q.cut_headers, "headers-cut-by-snaplen"},
        {q.copies_removed, "copies-removed"},
        {q.evicted, "evicted-to-save-memory"},
        {q.icmp_quote_only, "known-from-icmp-only"},
        {static_cast<bool>(e.crossed_syn), "simultaneous-open"},
        {e.self_connect, "self-connect"},
        {e.syn_has_payload, "fast-open"},
        {e.established && e.syns.count > 1, "syn-retransmitted"},
        {e.client.mptcp && e.server.mptcp, "mptcp"},
        {static_cast<bool>(e.forged_syn), "syn-inside-connection"},
        {e.previous.seen, "port-reused"},
    };
    for (const auto& [applies, note] : notes) {
        if (applies) v.notes.emplace_back(note);
    }
}

}  // namespace

std::string say(const Moment& m, const Evidence& e) {
    if (e.neighbor_only) {
        return fmt::format("{} asks for the link address of {}", host_of(e.client),
                           host_of(e.server));
    }
    if (&m == &e.hosts.alive_proof) {
        return fmt::format("a packet from {}: the host is alive", host_of(e.server));
    }
    return fmt::format("{} {} {}{}", m.from == Party::client ? "client" : "server",
                       is_answer(m, e) ? "answers" : "sends", flag_names(m.flags),
                       say_numbers(m, e));
}

Verdict describe(const Judged& judged, const DescribeOptions& options) {
    const Evidence& e = judged.evidence;
    const Diagnosis& d = judged.diagnosis;
    Verdict v;
    v.client = e.client.address;
    v.server = e.server.address;
    v.start = e.start;
    v.end = e.end;
    v.outcome = d.cause->outcome;
    v.cause = d.cause->id;
    v.confidence = d.confidence;
    v.by = d.cause->by(e);
    v.summary = d.cause->summarize(e);
    add_evidence(judged, v);
    add_alternatives(d, v);
    v.advice.emplace_back(d.cause->advice);
    if (d.alternative_count != 0 && !d.cause->splits.empty()) {
        v.advice.emplace_back(d.cause->splits);
    }
    v.conn_state = e.conn_state;
    v.history = e.history;
    v.client_state = to_string(e.client.state);
    v.server_state = to_string(e.server.state);
    v.client_packets = e.client.packets;
    v.server_packets = e.server.packets;
    v.client_bytes = e.client.bytes;
    v.server_bytes = e.server.bytes;
    v.client_ip_bytes = e.client.ip_bytes;
    v.server_ip_bytes = e.server.ip_bytes;
    v.rtt = e.rtt;
    v.vantage = judged.vantage;
    add_notes(e, v);
    if (options.exclusions) add_exclusions(e, v);
    if (options.ladder) v.ladder = ladder(e);
    return v;
}

}  // namespace tcpwhy
