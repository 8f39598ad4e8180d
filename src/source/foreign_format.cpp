#include "source/foreign_format.h"

#include <algorithm>
#include <string_view>

namespace tcpwhy::source {

namespace {

using std::string_view_literals::operator""sv;

struct ForeignFormat {
    std::string_view magic;
    std::string_view name;
    std::string_view advice;
};

constexpr std::string_view convert = "Convert it: editcap -F pcapng FILE converted.pcapng";

// Magic numbers as Wireshark's wiretap and file(1) know them. ERF has none.
constexpr ForeignFormat foreign_formats[] = {
    {"GMBU"sv, "a Microsoft Network Monitor capture", convert},
    {"RTSS"sv, "a Microsoft Network Monitor 1 capture", convert},
    {"snoop\0\0\0"sv, "a snoop capture", convert},
    {"TRSNIFF data"sv, "a Sniffer capture", convert},
    {"XCP\0"sv, "a NetXRay or Windows Sniffer capture", convert},
    {"btsnoop\0"sv, "a Bluetooth capture (btsnoop)", "There is no TCP over IP in it to judge."},
    {"\x1c\0\x01\xac"sv, "an IXIA pcap variant", convert},
    {"\xac\x01\0\x1c"sv, "an IXIA pcap variant", convert},
    {"\x1c\0\x01\xab"sv, "an IXIA pcap variant", convert},
    {"\xab\x01\0\x1c"sv, "an IXIA pcap variant", convert},
    {"\x7fVER"sv, "an EtherPeek or OmniPeek capture", convert},
    {"BZh"sv, "compressed with bzip2",
     "Uncompress it: bzip2 -dk FILE, or bzip2 -dc FILE | tcpwhy "
     "read -"},
    {"\xfd"
     "7zXZ\0"sv,
     "compressed with xz", "Uncompress it: xz -dk FILE, or xz -dc FILE | tcpwhy read -"},
    {"\x02\x21\x4c\x18"sv, "compressed with lz4's legacy format",
     "Uncompress it: lz4 -d FILE, or lz4 -dc FILE | tcpwhy read -"},
    {"7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive", "Unpack it first: 7z x FILE"},
    {"PK\x03\x04"sv, "a zip archive", "Unpack it first: unzip FILE"},
    {"Rar!"sv, "a rar archive", "Unpack it first: unrar x FILE"},
    {"\x1f\x9d"sv, "compressed with compress", "Uncompress it: gzip -dc FILE | tcpwhy read -"},
    {"\x1f\x8b"sv, "compressed twice", "Uncompress it once: gzip -dc FILE | tcpwhy read -"},
    {"\x28\xb5\x2f\xfd"sv, "compressed twice", "Uncompress it once: zstd -dc FILE | tcpwhy read -"},
    {"\x04\x22\x4d\x18"sv, "compressed twice", "Uncompress it once: lz4 -dc FILE | tcpwhy read -"},
};

constexpr std::string_view what_is_read =
    "pcap and pcapng are read, plain or compressed with gzip, zstd or lz4; 'editcap -F pcapng' "
    "converts most other capture formats.";

bool begins_with(std::span<const std::uint8_t> head, std::string_view magic) {
    return head.size() >= magic.size() &&
           std::equal(magic.begin(), magic.end(), head.begin(), [](char left, std::uint8_t right) {
               return static_cast<std::uint8_t>(left) == right;
           });
}

/// The beginning in quotes where it is text, else its first bytes in hexadecimal.
std::string beginning_of(std::span<const std::uint8_t> head) {
    constexpr std::size_t most_letters = 24;
    constexpr std::size_t most_bytes = 8;
    const auto is_letter = [](std::uint8_t byte) { return byte >= 0x20 && byte < 0x7f; };
    const auto end = std::find_if_not(head.begin(), head.end(), is_letter);
    const auto letters = static_cast<std::size_t>(end - head.begin());
    const bool line_ends = end != head.end() && (*end == '\n' || *end == '\r' || *end == '\t');
    if (letters >= 4 || (letters > 0 && (line_ends || letters == head.size()))) {
        return '"' +
               std::string(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(
                                                            std::min(letters, most_letters))) +
               '"';
    }
    std::string hex = "bytes";
    for (const std::uint8_t byte : head.first(std::min(head.size(), most_bytes))) {
        constexpr std::string_view digits = "0123456789abcdef";
        hex += {' ', digits[byte >> 4U], digits[byte & 0xfU]};
    }
    return hex;
}

}  // namespace

Error not_a_capture(const std::string& name, std::span<const std::uint8_t> head) {
    for (const ForeignFormat& format : foreign_formats) {
        if (!begins_with(head, format.magic)) continue;
        std::string advice(format.advice);
        const std::string file = name == "standard input" ? "FILE" : name;
        for (std::size_t at = 0; (at = advice.find("FILE", at)) != std::string::npos;) {
            advice.replace(at, 4, file);
            at += file.size();
        }
        return {ErrorKind::corrupt, name + ": " + std::string(format.name) + ", not read here",
                advice};
    }
    return {ErrorKind::corrupt,
            name + ": not a capture file (starts with " + beginning_of(head) + ")",
            std::string(what_is_read)};
}

}  // namespace tcpwhy::source
