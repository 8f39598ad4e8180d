#include "source/packet_filter.h"

#include <pcap/pcap.h>

#include <array>
#include <cstdio>
#include <utility>

#include "packet/decode.h"
#include "source/capture_reader.h"
#include "source/capture_writer.h"

namespace tcpwhy::source {

namespace {

// Real captures have one to three; a hostile one must not make us compile 65,536 programs.
constexpr std::size_t most_link_types = 64;

constexpr LinkType ethernet = 1;

std::string link_type_text(LinkType type) {
    const auto name = link_type_name(type);
    return "link type " + std::to_string(type) + (name.empty() ? "" : ", " + std::string(name));
}

struct ClosePcap {
    void operator()(pcap_t* handle) const { ::pcap_close(handle); }
};

/// A handle to compile for a link type with. libpcap numbers link types differently in files and
/// in its interface and keeps the table that translates to itself; so it is given a file.
std::unique_ptr<pcap_t, ClosePcap> handle_for(LinkType link_type) {
    std::vector<std::uint8_t> file;
    write_pcap_header(file, {.link_type = link_type, .snaplen = longest_common_packet});
    std::FILE* stream = ::fmemopen(file.data(), file.size(), "rb");
    if (stream == nullptr) return nullptr;
    std::array<char, PCAP_ERRBUF_SIZE> ignored{};
    pcap_t* handle = ::pcap_fopen_offline(stream, ignored.data());
    if (handle == nullptr) std::fclose(stream);
    return std::unique_ptr<pcap_t, ClosePcap>(handle);
}

}  // namespace

void PacketFilter::FreeProgram::operator()(bpf_program* program) const {
    ::pcap_freecode(program);
    delete program;
}

tl::expected<PacketFilter::Program, std::string> PacketFilter::compile_for(
    const std::string& expression, LinkType link_type) {
    const auto handle = handle_for(link_type);
    if (!handle) return tl::unexpected<std::string>("libpcap does not know this link type");
    auto program = std::make_unique<bpf_program>();
    constexpr int optimize = 1;
    if (::pcap_compile(handle.get(), program.get(), expression.c_str(), optimize,
                       PCAP_NETMASK_UNKNOWN) != 0) {
        std::string reason = ::pcap_geterr(handle.get());
        const std::string prefix = "can't parse filter expression: ";
        if (reason.starts_with(prefix)) reason.erase(0, prefix.size());
        return tl::unexpected<std::string>(std::move(reason));
    }
    return Program(program.release());
}

Result<PacketFilter> PacketFilter::compile(std::string expression, std::optional<LinkType> first) {
    PacketFilter filter(std::move(expression));
    const LinkType link_type = first.value_or(ethernet);
    auto program = compile_for(filter.expression_, link_type);
    if (!program) {
        if (link_type != ethernet && compile_for(filter.expression_, ethernet)) {
            return fail(ErrorKind::usage,
                        "filter '" + filter.expression_ + "' cannot be applied to " +
                            link_type_text(link_type) + ": " + program.error(),
                        "Leave the filter out, or use one that fits this link type.");
        }
        return fail(ErrorKind::usage, "bad filter '" + filter.expression_ + "': " + program.error(),
                    "Write it as for tcpdump, e.g. 'host 192.0.2.1 and port 80'; see man "
                    "pcap-filter.");
    }
    filter.compiled_.push_back({link_type, std::move(*program)});
    return filter;
}

std::size_t PacketFilter::index_of(LinkType link_type) {
    for (std::size_t at = 0; at < compiled_.size(); ++at) {
        if (compiled_[at].link_type == link_type) return at;
    }
    if (compiled_.size() >= most_link_types) {
        if (compiled_.size() == most_link_types) {
            complaints_.push_back("more than " + std::to_string(most_link_types) +
                                  " link types: packets of further ones do not pass the filter");
            compiled_.push_back({});
        }
        compiled_.back() = {link_type, nullptr};
        return compiled_.size() - 1;
    }
    auto program = compile_for(expression_, link_type);
    if (!program) {
        complaints_.push_back("filter '" + expression_ + "' cannot be applied to " +
                              link_type_text(link_type) + " (" + program.error() +
                              "): packets of it are left out");
        compiled_.push_back({link_type, nullptr});
    } else {
        compiled_.push_back({link_type, std::move(*program)});
    }
    return compiled_.size() - 1;
}

bool PacketFilter::matches(const RawPacket& packet) {
    if (compiled_[last_].link_type != packet.link_type) last_ = index_of(packet.link_type);
    const bpf_program* program = compiled_[last_].program.get();
    if (program == nullptr) return false;
    pcap_pkthdr header{};
    header.caplen = static_cast<bpf_u_int32>(packet.bytes.size());
    header.len = packet.original_length;
    return ::pcap_offline_filter(program, &header, packet.bytes.data()) != 0;
}

std::optional<std::string> PacketFilter::new_complaint() {
    if (complaints_.empty()) return std::nullopt;
    std::string complaint = std::move(complaints_.front());
    complaints_.erase(complaints_.begin());
    return complaint;
}

}  // namespace tcpwhy::source
