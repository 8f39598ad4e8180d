#include "source/capture_writer.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include "source/byte_stream.h"

namespace tcpwhy::source {

namespace {

/// Appends numbers and bytes in one byte order.
class Bytes {
public:
    Bytes(std::vector<std::uint8_t>& out, bool big_endian) : out_(out), big_endian_(big_endian) {}

    void number(std::uint64_t value, unsigned size) {
        for (unsigned at = 0; at < size; ++at) {
            const unsigned shift = 8 * (big_endian_ ? size - 1 - at : at);
            out_.push_back(static_cast<std::uint8_t>(value >> shift));
        }
    }
    void u16(std::uint64_t value) { number(value, 2); }
    void u32(std::uint64_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }
    void padded(std::span<const std::uint8_t> bytes) {
        out_.insert(out_.end(), bytes.begin(), bytes.end());
        out_.insert(out_.end(), (4 - bytes.size() % 4) % 4, 0);
    }
    void option(std::uint16_t code, std::span<const std::uint8_t> value) {
        u16(code);
        u16(value.size());
        padded(value);
    }
    void end_of_options() { u32(0); }

private:
    std::vector<std::uint8_t>& out_;
    bool big_endian_;
};

std::uint32_t wire_length(std::span<const std::uint8_t> bytes, std::uint32_t original_length) {
    return std::max(original_length, static_cast<std::uint32_t>(bytes.size()));
}

}  // namespace

void write_pcap_header(std::vector<std::uint8_t>& out, const PcapFormat& format) {
    Bytes bytes(out, format.big_endian);
    bytes.u32(format.nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4);
    bytes.u16(2);
    bytes.u16(4);
    bytes.u64(0);  // time zone and accuracy, which everybody writes as 0
    bytes.u32(format.snaplen);
    bytes.u32(format.link_type);
}

void append_pcap_packet(std::vector<std::uint8_t>& out, const RawPacket& packet,
                        const PcapFormat& format) {
    Bytes bytes(out, format.big_endian);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(packet.time);
    const auto fraction = (packet.time - seconds).count();
    bytes.u32(static_cast<std::uint64_t>(seconds.time_since_epoch().count()));
    bytes.u32(static_cast<std::uint64_t>(format.nanoseconds ? fraction : fraction / 1000));
    bytes.u32(packet.bytes.size());
    bytes.u32(wire_length(packet.bytes, packet.original_length));
    out.insert(out.end(), packet.bytes.begin(), packet.bytes.end());
}

PcapngWriter::PcapngWriter(std::vector<std::uint8_t>& out, bool big_endian)
    : out_(out), big_endian_(big_endian) {
    std::vector<std::uint8_t> body;
    Bytes bytes(body, big_endian_);
    bytes.u32(0x1a2b3c4d);
    bytes.u16(1);
    bytes.u16(0);
    bytes.u64(~std::uint64_t{0});  // section length unknown
    add_block(0x0a0d0d0a, body);
}

void PcapngWriter::add_interface(LinkType link_type, std::uint32_t snaplen, std::uint8_t resolution,
                                 std::int64_t offset) {
    std::vector<std::uint8_t> body;
    Bytes bytes(body, big_endian_);
    bytes.u16(link_type);
    bytes.u16(0);
    bytes.u32(snaplen);
    bytes.option(9, {&resolution, 1});
    if (offset != 0) {
        bytes.u16(14);
        bytes.u16(8);
        bytes.u64(static_cast<std::uint64_t>(offset));
    }
    bytes.end_of_options();
    add_block(1, body);
}

void PcapngWriter::add_packet(std::uint32_t interface, std::uint64_t units,
                              std::span<const std::uint8_t> bytes, std::uint32_t original_length,
                              std::string_view comment) {
    std::vector<std::uint8_t> body;
    Bytes to(body, big_endian_);
    to.u32(interface);
    to.u32(units >> 32);
    to.u32(units);
    to.u32(bytes.size());
    to.u32(wire_length(bytes, original_length));
    to.padded(bytes);
    if (!comment.empty()) {
        constexpr std::size_t most = 0xffff;  // an option's length has 16 bits
        comment = comment.substr(0, most);
        to.option(1, {reinterpret_cast<const std::uint8_t*>(comment.data()), comment.size()});
        to.end_of_options();
    }
    add_block(6, body);
}

void PcapngWriter::add_packet(const RawPacket& packet, std::string_view comment) {
    add_packet(packet.interface, static_cast<std::uint64_t>(packet.time.time_since_epoch().count()),
               packet.bytes, packet.original_length, comment);
}

void PcapngWriter::add_simple_packet(std::span<const std::uint8_t> bytes,
                                     std::uint32_t original_length) {
    std::vector<std::uint8_t> body;
    Bytes to(body, big_endian_);
    to.u32(wire_length(bytes, original_length));
    to.padded(bytes);
    add_block(3, body);
}

void PcapngWriter::add_obsolete_packet(std::uint16_t interface, std::uint64_t units,
                                       std::span<const std::uint8_t> bytes,
                                       std::uint32_t original_length) {
    std::vector<std::uint8_t> body;
    Bytes to(body, big_endian_);
    to.u16(interface);
    to.u16(0xffff);  // drops not counted
    to.u32(units >> 32);
    to.u32(units);
    to.u32(bytes.size());
    to.u32(wire_length(bytes, original_length));
    to.padded(bytes);
    add_block(2, body);
}

void PcapngWriter::add_statistics(std::uint32_t interface, std::uint64_t dropped_by_interface,
                                  std::uint64_t dropped_by_system) {
    std::vector<std::uint8_t> body;
    Bytes to(body, big_endian_);
    to.u32(interface);
    to.u64(0);  // when: not said
    to.u16(5);
    to.u16(8);
    to.u64(dropped_by_interface);
    to.u16(7);
    to.u16(8);
    to.u64(dropped_by_system);
    to.end_of_options();
    add_block(5, body);
}

void PcapngWriter::add_block(std::uint32_t type, std::span<const std::uint8_t> body) {
    Bytes to(out_, big_endian_);
    const std::size_t length = 12 + (body.size() + 3) / 4 * 4;
    to.u32(type);
    to.u32(length);
    to.padded(body);
    to.u32(length);
}

Result<void> write_file(const std::string& path, std::span<const std::uint8_t> bytes) {
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "wbe"));
    const std::size_t count =
        file && !bytes.empty() ? std::fwrite(bytes.data(), 1, bytes.size(), file.get()) : 0;
    const bool written = file && count == bytes.size() && std::fflush(file.get()) == 0;
    if (written) return {};
    const int error = errno;
    const ErrorKind kind = error == ENOENT                     ? ErrorKind::not_found
                           : error == EACCES || error == EPERM ? ErrorKind::permission
                                                               : ErrorKind::io;
    return fail(kind, name_to_show(path) +
                          ": cannot be written: " + std::generic_category().message(error));
}

}  // namespace tcpwhy::source
