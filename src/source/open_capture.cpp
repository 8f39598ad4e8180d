#include <array>
#include <optional>
#include <utility>

#include "source/byte_stream.h"
#include "source/capture_reader.h"
#include "source/decompress.h"
#include "source/foreign_format.h"
#include "source/packet_filter.h"
#include "source/packet_source.h"

namespace tcpwhy {

namespace source {
namespace {

/// A capture in either format: what its reader delivers, filtered and counted.
class CaptureSource final : public PacketSource {
public:
    CaptureSource(std::unique_ptr<CaptureInput> input, std::unique_ptr<CaptureReader> reader,
                  std::optional<PacketFilter> filter, std::uint64_t total)
        : input_(std::move(input)),
          reader_(std::move(reader)),
          filter_(std::move(filter)),
          total_(total) {}

    Result<std::size_t> next(std::span<RawPacket> batch) override;
    [[nodiscard]] const CaptureInfo& info() const override { return input_->info; }
    [[nodiscard]] Progress progress() const override {
        return {input_->bytes.file_offset(), total_};
    }

private:
    std::size_t filter_batch(std::span<RawPacket> packets);

    std::unique_ptr<CaptureInput> input_;
    std::unique_ptr<CaptureReader> reader_;
    std::optional<PacketFilter> filter_;
    std::uint64_t total_;
};

Result<std::size_t> CaptureSource::next(std::span<RawPacket> batch) {
    if (batch.empty()) return 0;
    for (;;) {
        auto count = reader_->read(batch);
        if (!count || *count == 0) return count;
        if (filter_) *count = filter_batch(batch.first(*count));
        if (*count == 0) continue;
        CaptureInfo& info = input_->info;
        info.packets += *count;
        for (const RawPacket& packet : batch.first(*count)) {
            info.cut_by_snaplen += packet.original_length > packet.bytes.size() ? 1 : 0;
        }
        return count;
    }
}

/// Moves the packets that pass to the front and returns how many there are.
std::size_t CaptureSource::filter_batch(std::span<RawPacket> packets) {
    std::size_t kept = 0;
    for (const RawPacket& packet : packets) {
        if (filter_->matches(packet)) packets[kept++] = packet;
    }
    input_->info.filtered_out += packets.size() - kept;
    while (auto complaint = filter_->new_complaint()) input_->warn(std::move(*complaint));
    return kept;
}

tl::unexpected<Error> not_readable(const CaptureInput& input) {
    const std::string name = name_to_show(input.info.name);
    const auto view = input.bytes.view();
    if (!view.empty()) return tl::unexpected<Error>(not_a_capture(name, view));
    const std::string damage = input.bytes.damage();
    if (!damage.empty()) return fail(ErrorKind::corrupt, name + ": " + damage, "Copy it again.");
    return fail(ErrorKind::corrupt, name + ": empty, not even a file header is there",
                "Check that the capture was written and copied completely.");
}

/// Puts a decompressor before `bytes` if they are compressed.
Result<InputBuffer> uncompressed(InputBuffer bytes, Compression& compression) {
    if (auto filled = bytes.fill(4); !filled) return tl::unexpected<Error>(filled.error());
    compression = compression_of(bytes.view());
    if (compression == Compression::none) return bytes;
    return InputBuffer(decompress(compression, std::move(bytes)));
}

Result<std::unique_ptr<CaptureReader>> open_reader(CaptureInput& input) {
    for (const auto open : {open_pcap, open_pcapng}) {
        auto reader = open(input);
        if (!reader || *reader != nullptr) return reader;
    }
    // Enough to tell the format's name and to quote the beginning.
    if (auto filled = input.bytes.fill(32); !filled) return tl::unexpected<Error>(filled.error());
    return not_readable(input);
}

Result<std::unique_ptr<PacketSource>> open_bytes(InputBuffer bytes, const std::string& name,
                                                 const std::string& expression,
                                                 std::uint64_t total) {
    Compression compression = Compression::none;
    auto plain = uncompressed(std::move(bytes), compression);
    if (!plain) return tl::unexpected<Error>(plain.error());
    auto input = std::make_unique<CaptureInput>(CaptureInput{.bytes = std::move(*plain)});
    input->info.name = name;
    auto reader = open_reader(*input);
    if (!reader) return tl::unexpected<Error>(reader.error());
    if (compression != Compression::none) {
        input->info.format += ", " + std::string(to_string(compression));
        input->uncompressed = true;
    }
    std::optional<PacketFilter> filter;
    if (!expression.empty()) {
        const auto link_type = (*reader)->first_link_type();
        if (!link_type) return tl::unexpected<Error>(link_type.error());
        auto compiled = PacketFilter::compile(expression, *link_type);
        if (!compiled) return tl::unexpected<Error>(compiled.error());
        filter = std::move(*compiled);
    }
    return std::make_unique<CaptureSource>(std::move(input), std::move(*reader), std::move(filter),
                                           total);
}

}  // namespace
}  // namespace source

Result<std::unique_ptr<PacketSource>> open_capture(const std::string& path,
                                                   const std::string& filter) {
    auto file = source::open_file(path);
    if (!file) return tl::unexpected<Error>(file.error());
    return source::open_bytes(source::InputBuffer(std::move(file->stream)), path, filter,
                              file->size);
}

Result<std::unique_ptr<PacketSource>> open_capture_bytes(std::span<const std::uint8_t> bytes,
                                                         const std::string& name,
                                                         const std::string& filter) {
    return source::open_bytes(source::InputBuffer(bytes), name, filter, bytes.size());
}

}  // namespace tcpwhy
