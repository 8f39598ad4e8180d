// The pcap format: https://www.tcpdump.org/manpages/pcap-savefile.5.html
#include <algorithm>
#include <optional>
#include <string>

#include "source/capture_reader.h"
#include "source/pcap_record.h"

namespace tcpwhy::source {

namespace {

constexpr std::size_t file_header_size = 24;
constexpr std::uint32_t microseconds_magic = 0xa1b2c3d4;
constexpr std::uint32_t nanoseconds_magic = 0xa1b23c4d;
// Alexey Kuznetzov's patch of the 1990s, still written by some devices: three more fields a record.
constexpr std::uint32_t kuznetzov_magic = 0xa1b2cd34;

class PcapReader final : public CaptureReader {
public:
    PcapReader(CaptureInput& input, const PcapLayout& layout) : input_(input), layout_(layout) {}

    Result<std::size_t> read(std::span<RawPacket> batch) override {
        for (;;) {
            const std::size_t count = take_buffered(batch);
            if (count > 0 || ended_) return count;
            if (auto moved = advance(); !moved) return tl::unexpected<Error>(moved.error());
        }
    }
    Result<std::optional<LinkType>> first_link_type() override {
        return std::optional(layout_.link_type);
    }

private:
    std::size_t take_buffered(std::span<RawPacket> batch);
    Result<void> advance();
    Result<void> resynchronize();
    void end_within(const PcapRecord& header, std::size_t bytes_there);
    void end_within_header(std::size_t bytes_there);
    [[nodiscard]] const std::uint32_t* last_seconds() const {
        return frame_ > 0 ? &last_seconds_ : nullptr;
    }

    CaptureInput& input_;
    const PcapLayout layout_;
    std::uint64_t frame_ = 0;
    std::uint32_t last_seconds_ = 0;  ///< meaningful once there was a packet
    bool ended_ = false;
};

/// The packets that lie whole in the buffer. Stops at the first that does not, or is none.
std::size_t PcapReader::take_buffered(std::span<RawPacket> batch) {
    // A copy that no write to the batch can change, so that it stays in registers.
    const PcapLayout layout = layout_;
    const auto view = input_.bytes.view();
    const std::uint8_t* at = view.data();
    std::size_t left = view.size();
    std::size_t count = 0;
    while (count < batch.size() && left >= layout.header_size) {
        const PcapRecord header = layout.record(at);
        if (!layout.is_possible(header)) break;
        const std::size_t size = std::size_t{layout.header_size} + header.captured;
        if (left < size) break;
        // At most 2^32 s and 2^32 ms: 4.3e18 of the 9.2e18 ns that fit.
        const std::int64_t time = std::int64_t{header.seconds} * 1'000'000'000 +
                                  std::int64_t{header.fraction} * layout.unit;
        RawPacket& packet = batch[count];
        packet.frame = frame_ + ++count;
        packet.time = Timestamp(Duration(time));
        packet.bytes = {at + layout.header_size, header.captured};
        packet.original_length = std::max(header.original, header.captured);
        packet.link_type = layout.link_type;
        packet.interface = 0;
        last_seconds_ = header.seconds;
        at += size;
        left -= size;
    }
    frame_ += count;
    input_.bytes.skip(view.size() - left);
    return count;
}

/// Brings the next record whole into the buffer, past whatever damage is before it.
Result<void> PcapReader::advance() {
    auto have = input_.bytes.fill(layout_.header_size);
    if (!have) return tl::unexpected<Error>(have.error());
    if (*have < layout_.header_size) {
        end_within_header(*have);
        return {};
    }
    const PcapRecord header = layout_.record(input_.bytes.view().data());
    if (!layout_.is_possible(header)) return resynchronize();
    have = input_.bytes.fill(std::size_t{layout_.header_size} + header.captured);
    if (!have) return tl::unexpected<Error>(have.error());
    const std::size_t bytes_there = *have - layout_.header_size;
    if (bytes_there >= header.captured) return {};
    // Beyond the end: cut off, unless the header looks as if its length were the damage.
    const std::uint32_t near = frame_ > 0 ? last_seconds_ : header.seconds;
    if (!layout_.is_convincing(header, near)) {
        const auto rest = input_.bytes.view();
        for (std::size_t at = 1; at < rest.size(); ++at) {
            if (layout_.begins_records(rest.subspan(at), last_seconds())) return resynchronize();
        }
    }
    end_within(header, bytes_there);
    return {};
}

Result<void> PcapReader::resynchronize() {
    const std::uint64_t from = input_.bytes.offset();
    // Three records of the longest that is_convincing() allows.
    constexpr std::size_t lookahead = 3 * (std::size_t{longest_common_packet} + 24);
    input_.bytes.skip(1);
    const auto found = skip_to(input_.bytes, lookahead, [this](auto rest) {
        return layout_.begins_records(rest, last_seconds());
    });
    if (!found) return tl::unexpected<Error>(found.error());
    const std::string skipped = std::to_string(input_.bytes.offset() - from) + " bytes skipped";
    const std::string damage = "damaged packet header at " + input_.place(from) + ": ";
    if (*found) {
        input_.warn(damage + skipped);
    } else {
        input_.warn(damage + skipped + ", no packet follows");
        input_.warn_of_early_end();
        ended_ = true;
    }
    return {};
}

void PcapReader::end_within_header(std::size_t bytes_there) {
    ended_ = true;
    input_.warn_of_early_end();
    if (bytes_there == 0) return;
    input_.bytes.skip(bytes_there);
    input_.warn("cut off in mid-packet at " + input_.place() + ": " + std::to_string(bytes_there) +
                " of " + std::to_string(layout_.header_size) + " bytes of the header of packet " +
                std::to_string(frame_ + 1) + " are there");
}

void PcapReader::end_within(const PcapRecord& header, std::size_t bytes_there) {
    ended_ = true;
    input_.warn_of_early_end();
    input_.bytes.skip(layout_.header_size + bytes_there);
    input_.warn("cut off in mid-packet at " + input_.place() + ": " + std::to_string(bytes_there) +
                " of " + std::to_string(header.captured) + " bytes of packet " +
                std::to_string(frame_ + 1) + " are there");
}

/// The byte order in which these bytes are `magic`, if any.
std::optional<ByteOrder> order_of(const std::uint8_t* at, std::uint32_t magic) {
    for (const ByteOrder order : {ByteOrder::little_endian(), ByteOrder::big_endian()}) {
        if (order.u32(at) == magic) return order;
    }
    return std::nullopt;
}

/// Sets order, unit and header size by the file's first four bytes; false if they are not pcap's.
bool read_magic(const std::uint8_t* at, PcapLayout& layout, std::string& format) {
    if (const auto order = order_of(at, microseconds_magic)) {
        layout.order = *order;
        format = "pcap";
    } else if (const auto nanoseconds = order_of(at, nanoseconds_magic)) {
        layout.order = *nanoseconds;
        layout.unit = 1;
        format = "pcap (nanoseconds)";
    } else if (const auto kuznetzov = order_of(at, kuznetzov_magic)) {
        layout.order = *kuznetzov;
        layout.header_size = 24;
        format = "pcap (modified)";
    } else {
        return false;
    }
    return true;
}

/// False for a version that no program is known to write.
bool read_version(std::uint16_t major, std::uint16_t minor, PcapLayout& layout) {
    // 543.0 is DG/UX's tcpdump (libpcap, sf-pcap.c).
    if (major != 2 && !(major == 543 && minor == 0)) return false;
    layout.swapped_lengths = minor < 3;
    layout.maybe_swapped_lengths = minor == 3;
    return true;
}

}  // namespace

Result<std::unique_ptr<CaptureReader>> open_pcap(CaptureInput& input) {
    auto have = input.bytes.fill(4);
    if (!have) return tl::unexpected<Error>(have.error());
    PcapLayout layout;
    if (*have < 4 || !read_magic(input.bytes.view().data(), layout, input.info.format)) {
        return nullptr;
    }
    have = input.bytes.fill(file_header_size);
    if (!have) return tl::unexpected<Error>(have.error());
    const std::string name = name_to_show(input.info.name);
    if (*have < file_header_size) {
        return fail(ErrorKind::corrupt,
                    name + ": cut off in the file header at byte " + std::to_string(*have),
                    "There is no packet in it; capture again or copy it again.");
    }
    const std::uint8_t* at = input.bytes.view().data();
    const std::uint16_t major = layout.order.u16(at + 4);
    const std::uint16_t minor = layout.order.u16(at + 6);
    if (!read_version(major, minor, layout)) {
        return fail(ErrorKind::corrupt,
                    name + ": pcap version " + std::to_string(major) + "." + std::to_string(minor) +
                        " does not exist",
                    "The file header is damaged; version 2.4 is what everybody writes.");
    }
    const std::uint32_t snaplen = layout.order.u32(at + 16);
    layout.longest = std::clamp(snaplen, longest_common_packet, longest_packet);
    // The upper half tells the length of a frame check sequence, which no decoder needs.
    layout.link_type = static_cast<LinkType>(layout.order.u32(at + 20) & 0xffffU);
    input.bytes.skip(file_header_size);
    input.info.interfaces = 1;
    return std::make_unique<PcapReader>(input, layout);
}

}  // namespace tcpwhy::source
