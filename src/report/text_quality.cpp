#include "report/text_quality.h"

#include <fmt/format.h>

#include "base/text.h"
#include "packet/decode.h"

namespace tcpwhy {

namespace {

using Sentences = std::vector<std::string>;

// "3 connections <many>" or "1 connection <one>".
void connections(Sentences& all, std::uint64_t count, std::string_view one, std::string_view many,
                 std::string_view meaning) {
    if (count == 0) return;
    all.push_back(
        fmt::format("{} {} {}", count_of(count, "connection"), count == 1 ? one : many, meaning));
}

void packets(Sentences& all, std::uint64_t count, std::string_view one, std::string_view many,
             std::string_view meaning) {
    if (count == 0) return;
    all.push_back(
        fmt::format("{} {} {}", count_of(count, "packet"), count == 1 ? one : many, meaning));
}

void what_is_missing(Sentences& all, const CaptureSummary& s) {
    if (s.capture.dropped_by_capture != 0) {
        all.push_back(fmt::format(
            "The capturing program lost {} by its own count: a packet that is missing here may "
            "well have been on the wire. A larger buffer (tcpdump -B) or a filter helps.",
            count_of(s.capture.dropped_by_capture, "packet")));
    }
    connections(all, s.acked_unseen, "has", "have",
                "acknowledged bytes that were never captured: packets are missing from the file, "
                "not from the network.");
    connections(all, s.one_direction, "shows", "show",
                "one side's packets only: asymmetric routing, or a one-way tap. What the other "
                "side did is inferred from acknowledgements.");
    connections(all, s.midstream, "was", "were",
                "already under way when the capture began: how it was opened is not known.");
    packets(all, s.cut_headers, "was", "were",
            "cut by the snaplen inside the TCP header, so its options are not known. Capture with "
            "-s 128 or more.");
    connections(all, s.evicted, "was", "were",
                "judged before the end to stay within --max-connections.");
    connections(all, s.folded, "was", "were",
                "folded into the groups above to stay within --max-connections.");
}

void what_is_odd(Sentences& all, const CaptureSummary& s) {
    packets(all, s.copies, "was", "were", "captured twice and counted once.");
    packets(all, s.larger_than_mtu, "is", "are",
            "larger than the wire carries: segmentation offload on the capturing host. Counts of "
            "packets are lower here than on the wire.");
    packets(all, s.bad_checksums, "has", "have",
            "a wrong TCP checksum: usual on the sending host, where the network card fills it in. "
            "It is not held against them.");
    packets(all, s.time_backwards, "has", "have",
            "a time before the packet in front: the clock was set, or files were joined. The order "
            "in the file is what counts.");
}

void what_was_not_read(Sentences& all, const CaptureSummary& s) {
    if (s.unknown_link_packets != 0) {
        const std::string_view name = link_type_name(s.unknown_link_type);
        all.push_back(fmt::format(
            "{} of link type {} cannot be read.", count_of(s.unknown_link_packets, "packet"),
            name.empty() ? std::to_string(s.unknown_link_type)
                         : fmt::format("{} ({})", s.unknown_link_type, name)));
    }
    packets(all, s.encrypted_frames, "is", "are", "encrypted on the link layer (802.11).");
    packets(all, s.malformed_packets, "is", "are", "too short or too contradictory to be read.");
    packets(all, s.incomplete_fragments, "is an IP fragment", "are IP fragments",
            "whose other pieces are not in the capture.");
    if (s.capture.filtered_out != 0) {
        all.push_back(
            fmt::format("--filter left out {}.", count_of(s.capture.filtered_out, "packet")));
    }
}

}  // namespace

std::vector<std::string> quality_sentences(const CaptureSummary& summary) {
    Sentences all;
    for (const std::string& warning : summary.capture.warnings) {
        all.push_back(printable(warning) + ".");
    }
    if (summary.interrupted) all.emplace_back("Reading was interrupted: the rest is not judged.");
    what_is_missing(all, summary);
    what_is_odd(all, summary);
    what_was_not_read(all, summary);
    return all;
}

}  // namespace tcpwhy
