#include "report/json.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <charconv>

#include "base/text.h"
#include "report/utf8.h"

namespace tcpwhy {

namespace {

class JsonReport : public Report {
public:
    JsonReport(Output& output, const JsonOptions& options) : output_(output), options_(options) {}

    void begin(const std::string& vantage) override { vantage_ = well_formed_utf8(vantage); }
    void connection(const Judged& judged) override;
    void group(const VerdictGroup& group) override;
    void end(const CaptureSummary& summary) override;
    void finish() override { output_.flush(); }

private:
    using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

    void start_object(std::string_view schema) {
        writer_.Reset(line_);
        writer_.StartObject();
        text("schema", schema);
    }
    void end_object() {
        writer_.EndObject();
        line_.Put('\n');
        output_.write({line_.GetString(), line_.GetSize()});
        line_.Clear();
    }
    void key(std::string_view name) {
        writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
    }
    void value(std::string_view text) {
        writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    }
    void text(std::string_view name, std::string_view content) {
        key(name);
        value(content);
    }
    void number(std::string_view name, std::uint64_t count) {
        key(name);
        writer_.Uint64(count);
    }
    // Digits as they are: a double has not enough of them for nanoseconds since the epoch.
    void digits(std::string_view name, std::string_view raw) {
        key(name);
        writer_.RawValue(raw.data(), raw.size(), rapidjson::kNumberType);
    }
    void time(std::string_view name, Timestamp when) { digits(name, format_epoch(when)); }
    void address(const SocketAddress& of) {
        writer_.StartObject();
        text("addr", of.addr.to_string());
        number("port", of.port);
        writer_.EndObject();
    }
    void texts(std::string_view name, const std::vector<std::string>& all) {
        key(name);
        writer_.StartArray();
        for (const std::string& each : all) value(each);
        writer_.EndArray();
    }
    void pair(std::string_view name, std::uint64_t client, std::uint64_t server) {
        key(name);
        writer_.StartObject();
        number("client", client);
        number("server", server);
        writer_.EndObject();
    }
    void milliseconds(std::string_view name, Duration span);
    void reasons(const Verdict& verdict);
    void exclusions(const Verdict& verdict);
    void capture_counts(const CaptureSummary& summary);
    void quality(const CaptureSummary& summary);

    Output& output_;
    JsonOptions options_;
    std::string vantage_;
    rapidjson::StringBuffer line_;
    Writer writer_;
};

void JsonReport::milliseconds(std::string_view name, Duration span) {
    constexpr std::int64_t ns_per_ms = 1'000'000;
    constexpr std::size_t decimals = 6;
    std::array<char, 32> raw{};
    char* at = std::to_chars(raw.data(), raw.data() + raw.size(), span.count() / ns_per_ms).ptr;
    std::int64_t rest = span.count() % ns_per_ms;
    if (rest != 0) {
        *at++ = '.';
        for (std::size_t i = decimals; i-- > 0; rest /= 10) {
            at[i] = static_cast<char>('0' + rest % 10);
        }
        at += decimals;
        while (at[-1] == '0') --at;
    }
    digits(name, {raw.data(), static_cast<std::size_t>(at - raw.data())});
}

void JsonReport::reasons(const Verdict& verdict) {
    key("evidence");
    writer_.StartArray();
    for (const EvidenceLine& line : verdict.evidence) {
        writer_.StartObject();
        number("frame", line.frame);
        time("time", line.time);
        text("says", line.says);
        writer_.EndObject();
    }
    writer_.EndArray();
    key("alternatives");
    writer_.StartArray();
    for (const Alternative& other : verdict.alternatives) {
        writer_.StartObject();
        text("cause", other.cause);
        text("confidence", to_string(other.confidence));
        text("because", other.because);
        writer_.EndObject();
    }
    writer_.EndArray();
}

void JsonReport::exclusions(const Verdict& verdict) {
    key("excluded");
    writer_.StartArray();
    for (const Exclusion& not_it : verdict.excluded) {
        writer_.StartObject();
        text("cause", not_it.cause);
        text("because", not_it.because);
        writer_.EndObject();
    }
    writer_.EndArray();
}

void JsonReport::connection(const Judged& judged) {
    const Verdict verdict =
        describe(judged, {.exclusions = options_.exclusions, .ladder = options_.ladder});
    start_object("tcpwhy.connection/1");
    key("client");
    address(verdict.client);
    key("server");
    address(verdict.server);
    time("start", verdict.start);
    time("end", verdict.end);
    text("outcome", to_string(verdict.outcome));
    text("cause", verdict.cause);
    text("confidence", to_string(verdict.confidence));
    text("by", to_string(verdict.by));
    text("summary", verdict.summary);
    reasons(verdict);
    texts("advice", verdict.advice);
    text("conn_state", verdict.conn_state);
    text("history", verdict.history);
    text("client_state", verdict.client_state);
    text("server_state", verdict.server_state);
    pair("packets", verdict.client_packets, verdict.server_packets);
    pair("bytes", verdict.client_bytes, verdict.server_bytes);
    if (verdict.rtt >= Duration::zero()) milliseconds("rtt_ms", verdict.rtt);
    text("vantage", vantage_);
    texts("notes", verdict.notes);
    if (options_.ladder) texts("ladder", verdict.ladder);
    if (options_.exclusions) exclusions(verdict);
    end_object();
}

void JsonReport::group(const VerdictGroup& group) {
    start_object("tcpwhy.group/1");
    key("server");
    address(group.server);
    text("outcome", to_string(group.outcome));
    text("cause", group.cause);
    text("confidence", to_string(group.confidence));
    number("count", group.count);
    time("first", group.first);
    time("last", group.last);
    key("examples");
    writer_.StartArray();
    for (const SocketAddress& client : group.examples) address(client);
    writer_.EndArray();
    text("summary", group.summary);
    text("vantage", vantage_);
    end_object();
}

void JsonReport::capture_counts(const CaptureSummary& summary) {
    text("format", summary.capture.format);
    number("interfaces", summary.capture.interfaces);
    if (summary.packets != 0) {
        time("first_packet", summary.first_packet);
        time("last_packet", summary.last_packet);
    }
    number("packets", summary.packets);
    number("filtered_out", summary.capture.filtered_out);
    number("tcp_segments", summary.tcp_segments);
    number("icmp_errors", summary.icmp_errors);
    number("neighbor_messages", summary.neighbor_messages);
    number("other_ip_packets", summary.other_ip_packets);
    number("not_ip_packets", summary.not_ip_packets);
    number("encrypted_frames", summary.encrypted_frames);
    number("malformed_packets", summary.malformed_packets);
    number("unknown_link_packets", summary.unknown_link_packets);
    number("incomplete_fragments", summary.incomplete_fragments);
    number("connections", summary.connections);
    number("failed", summary.failed);
    number("folded", summary.folded);
    number("evicted", summary.evicted);
}

void JsonReport::quality(const CaptureSummary& summary) {
    key("quality");
    writer_.StartObject();
    number("midstream", summary.midstream);
    number("one_direction", summary.one_direction);
    number("acked_unseen", summary.acked_unseen);
    number("dropped_by_capture", summary.capture.dropped_by_capture);
    number("cut_by_snaplen", summary.capture.cut_by_snaplen);
    number("cut_headers", summary.cut_headers);
    number("copies", summary.copies);
    number("larger_than_mtu", summary.larger_than_mtu);
    number("bad_checksums", summary.bad_checksums);
    number("time_backwards", summary.time_backwards);
    writer_.EndObject();
}

void JsonReport::end(const CaptureSummary& summary) {
    if (options_.summary) {
        start_object("tcpwhy.summary/1");
        text("vantage", vantage_);
        capture_counts(summary);
        quality(summary);
        key("warnings");
        writer_.StartArray();
        for (const std::string& warning : summary.capture.warnings) {
            value(well_formed_utf8(warning));
        }
        writer_.EndArray();
        key("interrupted");
        writer_.Bool(summary.interrupted);
        end_object();
    }
    output_.flush();
}

}  // namespace

std::unique_ptr<Report> make_json_report(Output& output, const JsonOptions& options) {
    return std::make_unique<JsonReport>(output, options);
}

}  // namespace tcpwhy
