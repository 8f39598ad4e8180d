#include "support/variation.h"

#include <algorithm>

#include "source/capture_writer.h"

namespace tcpwhy::test {

namespace {

constexpr std::uint32_t cut_length = 96;
// IPv6 headers are longer: at 96 bytes the ports that an ICMPv6 error quotes would be missing.
constexpr std::uint32_t cut_length_v6 = 128;
constexpr std::uint8_t hops_farther = 5;
constexpr Timestamp start{std::chrono::seconds(1'700'000'000)};

enum class File : std::uint8_t { pcap, nanoseconds, big_endian, pcapng };

struct Recipe {
    std::string_view name;
    StageOptions stage;
    File file = File::pcap;
    std::optional<Link> link;  ///< nothing: the conversation's own
    std::uint32_t snaplen = 262'144;
    bool interleaved = false;
};

constexpr Recipe recipes[] = {
    {.name = "plain", .stage = {}, .link = {}},
    {.name = "isn-zero", .stage = {.numbers = Numbers::zero}, .link = {}},
    {.name = "isn-wrap", .stage = {.numbers = Numbers::near_wrap}, .link = {}},
    {.name = "nanoseconds", .stage = {}, .file = File::nanoseconds, .link = {}},
    {.name = "big-endian", .stage = {}, .file = File::big_endian, .link = {}},
    {.name = "pcapng", .stage = {}, .file = File::pcapng, .link = {}},
    {.name = "vlan", .stage = {}, .link = Link::vlan},
    {.name = "vxlan", .stage = {}, .link = Link::vxlan},
    {.name = "gre", .stage = {}, .link = Link::gre},
    {.name = "sll", .stage = {}, .link = Link::sll},
    {.name = "loopback", .stage = {}, .link = Link::loopback},
    {.name = "raw", .stage = {}, .link = Link::raw},
    {.name = "cut", .stage = {}, .link = {}, .snaplen = cut_length},
    {.name = "interleaved", .stage = {}, .link = {}, .interleaved = true},
    {.name = "farther", .stage = {.farther = hops_farther}, .link = {}},
};

/// A frame and how much of it was captured.
struct Captured {
    Timestamp time;
    Octets frame;
    std::size_t length;
    std::uint16_t interface;
};

Octets write(const std::vector<Captured>& packets, File file, LinkType link_type,
             std::uint32_t snaplen) {
    Octets out;
    const source::PcapFormat format{.nanoseconds = file == File::nanoseconds,
                                    .big_endian = file == File::big_endian,
                                    .link_type = link_type,
                                    .snaplen = snaplen};
    std::optional<source::PcapngWriter> writer;
    if (file == File::pcapng) {
        writer.emplace(out);
        std::uint16_t interfaces = 0;
        for (const auto& packet : packets) interfaces = std::max(interfaces, packet.interface);
        for (std::uint16_t at = 0; at <= interfaces; ++at)
            writer->add_interface(link_type, snaplen);
    } else {
        source::write_pcap_header(out, format);
    }
    for (const auto& packet : packets) {
        RawPacket raw;
        raw.time = packet.time;
        raw.bytes = std::span(packet.frame).first(packet.length);
        raw.original_length = static_cast<std::uint32_t>(packet.frame.size());
        raw.link_type = link_type;
        raw.interface = packet.interface;
        if (writer) {
            writer->add_packet(raw);
        } else {
            source::append_pcap_packet(out, raw, format);
        }
    }
    return out;
}

/// Nothing where the link cannot carry it.
std::optional<Captured> capture(const StagedPacket& packet, Link link, std::uint32_t snaplen) {
    auto frame = frame_of(link, packet.datagram);
    if (!frame) return {};
    std::size_t length = std::min<std::size_t>(frame->size(), snaplen);
    if (packet.cut) {
        Datagram unpadded = packet.datagram;
        unpadded.is_received = false;
        const auto whole = frame_of(link, unpadded);
        length = std::min(length, whole->size() - unpadded.bytes.size() + *packet.cut);
    }
    return Captured{start + packet.at, *std::move(frame), length, packet.interface};
}

bool has_neighbors(const Conversation& conversation) {
    return std::ranges::any_of(conversation.packets, [](const ScriptedPacket& p) {
        return p.packet.kind == NotationLine::Kind::neighbor_request ||
               p.packet.kind == NotationLine::Kind::neighbor_reply;
    });
}

/// Whether the variation makes a difference that the conversation can bear.
bool applies(const Recipe& recipe, const Conversation& conversation) {
    const auto& out = conversation.left_out;
    if (std::ranges::find(out, recipe.name) != out.end()) return false;
    if (recipe.name == "plain") return true;
    if (conversation.plain_only) return false;
    // Whoever answers ARP or neighbour solicitations is no hop away.
    if (recipe.stage.farther != 0 && has_neighbors(conversation)) return false;
    return !recipe.link || conversation.link == "ethernet";
}

}  // namespace

std::string Variation::to_string() const {
    return std::string(name) + (is_v6 ? ", IPv6" : ", IPv4");
}

bool is_variation(std::string_view name) {
    return name == "ipv4" || name == "ipv6" ||
           std::ranges::find(recipes, name, &Recipe::name) != std::end(recipes);
}

std::vector<Variation> variations_of(const Conversation& conversation) {
    std::vector<Variation> variations;
    for (const bool is_v6 : {false, true}) {
        const std::string_view family = is_v6 ? "ipv6" : "ipv4";
        const auto& out = conversation.left_out;
        if (std::ranges::find(out, family) != out.end()) continue;
        if (is_v6 && conversation.plain_only && !variations.empty()) continue;
        for (const auto& recipe : recipes) {
            if (applies(recipe, conversation)) variations.push_back({recipe.name, is_v6});
        }
    }
    return variations;
}

Result<std::optional<Rendering>> render(const Conversation& conversation,
                                        const Variation& variation) {
    const Recipe& recipe = *std::ranges::find(recipes, variation.name, &Recipe::name);
    StageOptions options = recipe.stage;
    options.is_v6 = variation.is_v6;
    Stage stage(conversation, options);
    auto packets = stage.play();
    if (!packets) return tl::unexpected<Error>(packets.error());
    if (recipe.interleaved) interleave_bystanders(*packets, variation.is_v6);

    const Link link =
        recipe.link ? *recipe.link : link_of_name(conversation.link).value_or(Link::ethernet);
    const bool lldp_ends_it = link == Link::ethernet && conversation.end;
    if (conversation.end && !lldp_ends_it) {
        packets->push_back(bystanders_packet(*conversation.end, variation.is_v6));
    }
    const bool cut = recipe.snaplen == cut_length;
    const std::uint32_t snaplen = cut && variation.is_v6 ? cut_length_v6 : recipe.snaplen;
    Rendering rendering;
    std::vector<Captured> captured;
    bool many_interfaces = false;
    for (const auto& packet : *packets) {
        auto one = capture(packet, link, snaplen);
        if (!one) return std::optional<Rendering>();
        captured.push_back(*std::move(one));
        if (packet.number != 0) rendering.frames.push_back(captured.size());
        many_interfaces = many_interfaces || packet.interface != 0;
    }
    if (lldp_ends_it) {
        const auto frame = discovery_frame();
        captured.push_back({start + *conversation.end, frame, frame.size(), 0});
    }
    // Only pcapng has interfaces: the plain rendering becomes one, other formats are left out.
    const bool plain = recipe.name == "plain";
    if (many_interfaces && recipe.file != File::pcapng && !plain) return std::optional<Rendering>();
    const File file = many_interfaces ? File::pcapng : recipe.file;
    rendering.file = write(captured, file, number_of(link), snaplen);
    rendering.names = stage.names();
    return std::optional<Rendering>(std::move(rendering));
}

}  // namespace tcpwhy::test
