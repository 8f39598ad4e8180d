// The pcapng format: https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html
#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "base/text.h"
#include "source/capture_reader.h"
#include "source/pcapng_block.h"
#include "source/pcapng_section.h"

namespace tcpwhy::source {

namespace {

class PcapngReader final : public CaptureReader {
public:
    explicit PcapngReader(CaptureInput& input) : input_(input) {}

    Result<std::size_t> read(std::span<RawPacket> batch) override;
    Result<std::optional<LinkType>> first_link_type() override;

private:
    std::size_t take_buffered(std::span<RawPacket> batch);
    Result<void> advance();
    Result<void> end_or_resynchronize(BlockHead head);
    Result<void> resynchronize(const std::string& damage);
    void read_other(BlockType type, ByteOrder order, std::span<const std::uint8_t> block);
    void leave_out(PacketBlock why);
    void end_within(BlockHead head, std::span<const std::uint8_t> beginning);
    void finish();

    CaptureInput& input_;
    PcapngSection section_;
    std::uint64_t frame_ = 0;
    std::uint64_t not_kept_ = 0;  ///< packets of interfaces beyond most_interfaces
    bool ended_ = false;
};

Result<std::size_t> PcapngReader::read(std::span<RawPacket> batch) {
    for (;;) {
        const std::size_t count = take_buffered(batch);
        if (count > 0 || ended_) return count;
        if (auto moved = advance(); !moved) return tl::unexpected<Error>(moved.error());
    }
}

Result<std::optional<LinkType>> PcapngReader::first_link_type() {
    // No packet block is good before there is an interface, so this gets past whatever comes.
    while (!ended_ && section_.interfaces().empty()) {
        if (auto moved = advance(); !moved) return tl::unexpected<Error>(moved.error());
    }
    if (section_.interfaces().empty()) return std::optional<LinkType>();
    return std::optional(section_.interfaces().front().link_type);
}

/// The packet blocks that lie whole in the buffer. Stops at anything else.
std::size_t PcapngReader::take_buffered(std::span<RawPacket> batch) {
    const ByteOrder order = section_.order();
    const auto view = input_.bytes.view();
    const std::uint8_t* at = view.data();
    std::size_t left = view.size();
    std::size_t count = 0;
    while (count < batch.size() && left >= block_overhead) {
        const BlockHead head = block_head(order, at);
        if (!head.is_packet() || !head.length_is_possible() || left < head.length ||
            order.u32(at + head.length - 4) != head.length) {
            break;
        }
        RawPacket& packet = batch[count];
        if (section_.read_packet(head.type, {at, head.length}, packet) != PacketBlock::good) break;
        packet.frame = frame_ + ++count;
        at += head.length;
        left -= head.length;
    }
    frame_ += count;
    input_.bytes.skip(view.size() - left);
    return count;
}

/// Gets past one block that is no packet, or brings the next packet block whole into the buffer.
Result<void> PcapngReader::advance() {
    auto have = input_.bytes.fill(block_overhead);
    if (!have) return tl::unexpected<Error>(have.error());
    if (*have < block_overhead) {
        end_within({}, input_.bytes.view());
        return {};
    }
    const std::uint8_t* at = input_.bytes.view().data();
    ByteOrder order = section_.order();
    if (block_head(order, at).type == BlockType::section_header) {
        const auto own = order_of_section(at);
        if (!own) return resynchronize("section header without its byte order");
        order = *own;
    }
    const BlockHead head = block_head(order, at);
    if (!head.length_is_possible()) {
        return resynchronize("impossible block length " + std::to_string(head.length));
    }
    have = input_.bytes.fill(head.length);
    if (!have) return tl::unexpected<Error>(have.error());
    if (*have < head.length) return end_or_resynchronize(head);

    const auto block = input_.bytes.view().first(head.length);
    if (order.u32(block.data() + head.length - 4) != head.length) {
        return resynchronize("block whose two lengths differ");
    }
    if (head.is_packet()) {
        RawPacket packet;
        const PacketBlock what = section_.read_packet(head.type, block, packet);
        if (what == PacketBlock::good) return {};
        leave_out(what);
    } else {
        read_other(head.type, order, block);
    }
    input_.bytes.skip(head.length);
    return {};
}

void PcapngReader::read_other(BlockType type, ByteOrder order,
                              std::span<const std::uint8_t> block) {
    switch (type) {
        case BlockType::section_header:
            if (block.size() >= 16 && order.u16(block.data() + 12) != 1) {
                input_.warn("section of an unknown pcapng version at " + input_.place());
            }
            section_ = PcapngSection(order, section_.interfaces_declared());
            break;
        case BlockType::interface_description: {
            if (!section_.add_interface(block)) {
                input_.warn("interface description that is too short at " + input_.place());
            }
            constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
            input_.info.interfaces =
                static_cast<std::uint32_t>(std::min(most, section_.interfaces_declared()));
            break;
        }
        case BlockType::interface_statistics:
            input_.info.dropped_by_capture += section_.add_statistics(block);
            break;
        default:
            if (BlockHead{type, 0}.is_other_frame()) ++frame_;
            break;
    }
}

/// A packet block that cannot be delivered; it counts as a frame all the same.
void PcapngReader::leave_out(PacketBlock why) {
    ++frame_;
    if (why == PacketBlock::interface_not_kept) {
        ++not_kept_;
        return;
    }
    input_.warn("packet " + std::to_string(frame_) + " at " + input_.place() +
                (why == PacketBlock::too_long ? " is longer than its block"
                                              : " is of an interface that was not declared") +
                ": left out");
}

/// A block that reaches beyond the end: cut off there, unless its length looks like the damage.
Result<void> PcapngReader::end_or_resynchronize(BlockHead head) {
    // Options of a packet (a comment, a hash) are short.
    constexpr std::uint32_t most_options = 4096;
    const auto rest = input_.bytes.view();
    bool looks_right = false;
    if (head.is_packet()) {
        const auto claimed = section_.claimed_length(head.type, rest);
        const std::uint64_t least = std::uint64_t{claimed.value_or(0)} + block_overhead;
        looks_right = claimed && head.length >= least && head.length - least <= most_options;
    }
    for (std::size_t at = 4; !looks_right && at < rest.size(); ++at) {
        if (begins_block(rest.subspan(at), section_.order())) {
            return resynchronize("block length " + std::to_string(head.length) +
                                 " that reaches beyond the end");
        }
    }
    end_within(head, rest);
    return {};
}

Result<void> PcapngReader::resynchronize(const std::string& damage) {
    const std::uint64_t from = input_.bytes.offset();
    input_.bytes.skip(1);
    const auto found = skip_to(input_.bytes, longest_common_block,
                               [this](auto rest) { return begins_block(rest, section_.order()); });
    if (!found) return tl::unexpected<Error>(found.error());
    const std::string what = damage + " at " + input_.place(from) + ": " +
                             std::to_string(input_.bytes.offset() - from) + " bytes skipped";
    if (*found) {
        input_.warn(what);
    } else {
        input_.warn(what + ", no block follows");
        finish();
    }
    return {};
}

void PcapngReader::end_within(BlockHead head, std::span<const std::uint8_t> beginning) {
    finish();
    input_.bytes.skip(beginning.size());
    if (beginning.empty()) return;
    if (!head.is_packet()) {
        input_.warn("cut off in mid-block at " + input_.place());
        return;
    }
    const std::size_t before = PcapngSection::bytes_before_packet(head.type);
    const auto claimed = section_.claimed_length(head.type, beginning);
    const std::string number = std::to_string(frame_ + 1);
    if (!claimed) {
        input_.warn("cut off in mid-packet at " + input_.place() + ": of packet " + number +
                    " only a part of its header is there");
        return;
    }
    const std::size_t there = std::min<std::size_t>(beginning.size() - before, *claimed);
    input_.warn("cut off in mid-packet at " + input_.place() + ": " + std::to_string(there) +
                " of " + std::to_string(*claimed) + " bytes of packet " + number + " are there");
}

void PcapngReader::finish() {
    ended_ = true;
    input_.warn_of_early_end();
    if (not_kept_ == 0) return;
    input_.warn(count_of(not_kept_, "packet") + " of interfaces beyond the first " +
                format_count(most_interfaces) + " of a section left out");
}

}  // namespace

Result<std::unique_ptr<CaptureReader>> open_pcapng(CaptureInput& input) {
    auto have = input.bytes.fill(4);
    if (!have) return tl::unexpected<Error>(have.error());
    constexpr auto magic = static_cast<std::uint32_t>(BlockType::section_header);
    if (*have < 4 || ByteOrder().u32(input.bytes.view().data()) != magic) return nullptr;
    have = input.bytes.fill(28);
    if (!have) return tl::unexpected<Error>(have.error());
    const std::string name = name_to_show(input.info.name);
    if (*have < 28) {
        return fail(ErrorKind::corrupt,
                    name + ": cut off in the section header at byte " + std::to_string(*have),
                    "There is no packet in it; capture again or copy it again.");
    }
    if (!order_of_section(input.bytes.view().data())) {
        return fail(ErrorKind::corrupt, name + ": not a capture file (a damaged pcapng header)",
                    "Copy it again from where it was captured.");
    }
    input.info.format = "pcapng";
    return std::make_unique<PcapngReader>(input);
}

}  // namespace tcpwhy::source
