#include "cause/ladder.h"

#include <algorithm>
#include <map>

#include "notation/notation.h"
#include "notation/sense.h"

namespace tcpwhy {

namespace {

// Numbers so far from a side's initial one belong to another connection, or are forged.
constexpr std::uint32_t far_away = 1U << 30;
// docs/notation.md: what is not printed because everybody has it.
constexpr std::uint16_t syn_window = 64240;
constexpr std::uint16_t usual_window = 502;
constexpr std::uint8_t usual_ttl = 64;

using Moments = std::map<std::uint64_t, const Moment*>;  // by frame

void collect(const Moment& m, Moments& into) {
    if (m) into.emplace(m.frame, &m);
}

void collect(const Run& run, Moments& into) {
    if (!run) return;
    collect(run.first, into);
    collect(run.last, into);
}

void collect(const EvidenceSide& side, Moments& into) {
    for (const Moment* m : {&side.first, &side.first_data, &side.last_data, &side.fin, &side.last,
                            &side.unanswered_original, &side.zero_window}) {
        collect(*m, into);
    }
    for (const Run* run :
         {&side.unanswered, &side.keepalive_probes, &side.window_probes, &side.challenge_acks}) {
        collect(*run, into);
    }
}

Moments moments_of(const Evidence& e) {
    Moments all;
    collect(e.client, all);
    collect(e.server, all);
    collect(e.syns, all);
    collect(e.syn_acks, all);
    for (const ResetFacts* r : {&e.reset, &e.second_reset, &e.reset_of_other_side}) {
        collect(r->moment, all);
        collect(r->trigger, all);
    }
    for (const Moment* m :
         {&e.crossed_syn, &e.handshake_ack, &e.ack_of_syn_stale, &e.reset_of_stale,
          &e.syn_after_stale, &e.proxied_update, &e.data_after_fin, &e.forged_syn,
          &e.syn_challenged, &e.reset_in_time_wait}) {
        collect(*m, all);
    }
    return all;
}

/// Writes lines one after the other; knows what was shown before.
class Ladder {
public:
    explicit Ladder(const Evidence& e) : e_(e) {}

    void segment(const Moment& m) {
        NotationLine line = start(m.time, name_of_party(m.from), name_of_party(other(m.from)));
        line.segment.flags = m.flags;
        line.segment.length = m.length;
        line.segment.seq = number(m.seq, m.from, line.fields.raw_seq, m);
        if (m.flags.ack()) {
            line.segment.ack = number(m.ack, other(m.from), line.fields.raw_ack, m);
        }
        // A reset's window is evidence: always shown.
        const std::uint16_t expected = m.flags.syn() ? syn_window : usual_window;
        if (m.flags.rst() || m.window != expected) line.segment.window = m.window;
        if (m.flags.syn()) line.segment.options = options_of(m);
        add_fields(m, line.fields);
        lines_.push_back({m.frame, std::move(line)});
    }

    void icmp(const IcmpFacts& error) {
        NotationLine line = start(error.time, "router", name_of_party(error.quoted_from));
        line.kind = NotationLine::Kind::icmp_error;
        line.icmp = notation_icmp(error.is_v6, error.type, error.code);
        line.icmp.mtu = error.mtu;
        line.icmp.quoted_from.name = name_of_party(error.quoted_from);
        line.icmp.quoted_to.name = name_of_party(other(error.quoted_from));
        line.icmp.quoted_flags.bits = error.quotes_syn ? TcpFlags::syn_bit : TcpFlags::ack_bit;
        line.icmp.quoted_seq = error.quotes_syn ? 0 : 1;
        lines_.push_back({error.frame, std::move(line)});
    }

    void neighbor_request(const Moment& m) {
        NotationLine line = start(m.time, "client", "server");
        line.kind = NotationLine::Kind::neighbor_request;
        lines_.push_back({m.frame, std::move(line)});
    }

    [[nodiscard]] std::vector<std::string> in_order() {
        std::stable_sort(lines_.begin(), lines_.end(),
                         [](const Line& a, const Line& b) { return a.frame < b.frame; });
        std::vector<NotationLine> lines;
        lines.reserve(lines_.size());
        for (Line& line : lines_) lines.push_back(std::move(line.line));
        // Packets between the decisive ones are not shown: the notation wants that said.
        mark_odd(lines);
        std::vector<std::string> result;
        result.reserve(lines.size());
        for (const NotationLine& line : lines) result.push_back(print(line));
        return result;
    }

private:
    struct Line {
        std::uint64_t frame;
        NotationLine line;
    };

    static std::string name_of_party(Party p) { return p == Party::client ? "client" : "server"; }

    [[nodiscard]] NotationLine start(Timestamp time, std::string from, std::string to) const {
        NotationLine line;
        // Nanoseconds would only make the columns ragged.
        const Duration since = std::chrono::floor<std::chrono::microseconds>(time - e_.start);
        line.at = std::max(Duration{}, since);
        line.from.name = std::move(from);
        line.to.name = std::move(to);
        return line;
    }

    [[nodiscard]] std::uint32_t number(Seq s, Party owner, std::optional<std::uint32_t>& raw,
                                       const Moment& m) const {
        const EvidenceSide& side = e_.side(owner);
        const bool answers_syn = m.flags.rst() && m.flags.ack() && m.seq == Seq(0);
        if (answers_syn && s == m.seq && owner == m.from) return 0;
        const std::uint32_t offset = side.relative(s);
        if (offset < far_away) return offset;
        raw = s.value;
        return 0;
    }

    [[nodiscard]] std::vector<NotationOption> options_of(const Moment& syn) const {
        using Kind = NotationOption::Kind;
        const EvidenceSide& side = e_.side(syn.from);
        std::vector<NotationOption> options;
        if (side.mss != 0) options.push_back({Kind::mss, side.mss, 0, {}});
        if (syn.has_timestamps) {
            options.push_back({Kind::timestamps, syn.tsval, syn.tsecr, {}});
        }
        if (side.window_scale >= 0) {
            options.push_back(
                {Kind::window_scale, static_cast<std::uint32_t>(side.window_scale), 0, {}});
        }
        if (side.has_md5) options.push_back({Kind::md5, 0, 0, {}});
        if (side.has_ao) options.push_back({Kind::ao, 0, 0, {}});
        return options;
    }

    void add_fields(const Moment& m, NotationFields& fields) const {
        const bool v4 = e_.side(m.from).address.addr.is_v4();
        if (m.ttl != usual_ttl) fields.ttl = m.ttl;
        if (m.tos != 0) fields.tos = m.tos;
        if (v4 && !m.dont_fragment) fields.dont_fragment = false;
        if (v4 && m.flags.rst() && m.ip_id != 0) fields.id = m.ip_id;
    }

    const Evidence& e_;
    std::vector<Line> lines_;
};

}  // namespace

std::vector<std::string> ladder(const Evidence& e) {
    Ladder result(e);
    if (e.neighbor_only) {
        result.neighbor_request(e.neighbor_requests.first);
        result.neighbor_request(e.neighbor_requests.last);
        return result.in_order();
    }
    for (const auto& [frame, moment] : moments_of(e)) result.segment(*moment);
    for (const IcmpFacts& error : e.icmp) {
        if (error) result.icmp(error);
    }
    return result.in_order();
}

}  // namespace tcpwhy
