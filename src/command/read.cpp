#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <optional>

#include "base/text.h"
#include "command/command.h"
#include "command/support/interrupt.h"
#include "command/support/output_file.h"
#include "command/support/progress_line.h"
#include "packet/decode.h"
#include "report/json.h"
#include "report/selection.h"
#include "report/text.h"
#include "report/zeek.h"

namespace tcpwhy::command {

namespace {

struct ReadRequest {
    std::vector<std::string> files;
    CommonOptions common;
    AnalysisOptions analysis;
    bool failed = false;
    std::vector<std::string> causes;
    std::vector<std::string> hosts;
    std::vector<std::string> ports;
    std::string max_connections;
    std::string output;
    bool exit_code = false;
    bool summary = false;
};

void warn(const ReadRequest& request, const std::string& file, const std::string& what) {
    if (request.common.quiet) return;
    std::fprintf(stderr, "tcpwhy: warning: %s: %s\n",
                 file == "-" ? "standard input" : printable(file).c_str(), printable(what).c_str());
}

template <typename Number>
std::optional<Number> whole_number(const std::string& text, Number least, Number most) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || at != end || number < least || number > most) return std::nullopt;
    return number;
}

Result<Selection> selection_of(const ReadRequest& request) {
    Selection selection;
    selection.failed = request.failed;
    for (const std::string& id : request.causes) {
        if (const Cause* cause = find_cause(id)) {
            selection.causes.push_back(cause->id);
            continue;
        }
        std::vector<std::string_view> ids;
        for (const Cause* cause : catalogue()) ids.push_back(cause->id);
        const std::string meant = nearest(id, ids);
        return fail(
            ErrorKind::usage, "--cause: there is no cause '" + printable(id) + "'",
            meant.empty() ? "'tcpwhy explain' lists them all." : "Did you mean '" + meant + "'?");
    }
    for (const std::string& host : request.hosts) {
        const auto range = AddressRange::parse(host);
        if (!range) {
            return fail(ErrorKind::usage, "--host: '" + printable(host) + "' is no address",
                        "Give an address or a range, such as 192.0.2.1 or 2001:db8::/32.");
        }
        selection.hosts.push_back(*range);
    }
    for (const std::string& port : request.ports) {
        constexpr std::uint16_t highest = 65535;
        const auto number = whole_number<std::uint16_t>(port, 1, highest);
        if (!number) {
            return fail(ErrorKind::usage, "--port: '" + printable(port) + "' is no port number",
                        "Give a number from 1 to 65535.");
        }
        selection.ports.push_back(*number);
    }
    return selection;
}

std::unique_ptr<Report> make_report(const ReadRequest& request, bool selected,
                                    const OutputFile& file, Output& output) {
    const int verbosity = request.common.verbosity;
    if (request.common.format == "zeek") return make_zeek_report(output);
    if (request.common.format == "json") {
        return make_json_report(
            output,
            {.ladder = verbosity > 0, .exclusions = verbosity > 1, .summary = request.summary});
    }
    return make_text_report(output, {.color = wants_color(request.common, file.descriptor()),
                                     .width = file.width(),
                                     .verbosity = verbosity,
                                     .selected = selected});
}

void warn_of(const ReadRequest& request, const std::string& file, const CaptureSummary& summary) {
    for (const std::string& warning : summary.capture.warnings) warn(request, file, warning);
    if (summary.unknown_link_packets != 0) {
        const std::string_view name = link_type_name(summary.unknown_link_type);
        warn(request, file,
             count_of(summary.unknown_link_packets, "packet") + " of link type " +
                 std::to_string(summary.unknown_link_type) +
                 (name.empty() ? "" : " (" + std::string(name) + ")") + " cannot be read");
    }
    if (request.common.format == "zeek" && summary.folded != 0) {
        warn(request, file,
             count_of(summary.folded, "connection") +
                 " folded to stay within --max-connections are not in Zeek's log; --format json "
                 "counts them");
    }
}

/// Reads all files of a request into one report.
class Reading {
public:
    Reading(const ReadRequest& request, SelectingReport& report, Output& output, bool with_progress)
        : request_(request), report_(report), output_(output), progress_(with_progress) {}

    ExitCode all() {
        for (const std::string& file : request_.files) {
            if (!one(file)) break;
        }
        progress_.clear();
        report_.finish();
        return code_;
    }

private:
    [[nodiscard]] bool must_stop(const std::string& file) const {
        if (output_.error() != 0) return true;
        return file == "-" ? interrupt_.overdue() : interrupt_.requested();
    }

    // Returns whether to go on with the next file.
    bool one(const std::string& file) {
        AnalysisOptions options = request_.analysis;
        options.on_progress = [&](const Progress& progress, std::uint64_t packets) {
            progress_.update(progress, packets);
            return !must_stop(file);
        };
        progress_.start(file);
        report_.begin(file);
        Result<CaptureSummary> summary = analyze_capture(file, options, report_);
        progress_.clear();
        if (summary) {
            summary->interrupted = summary->interrupted || interrupt_.requested();
            report_.end(*summary);
            warn_of(request_, file, *summary);
        } else {
            complain(summary.error());
        }
        if (interrupt_.requested()) code_ = ExitCode::interrupted;
        return !interrupt_.requested() && output_.error() == 0;
    }

    // A bad filter is as bad for each file, and said once.
    void complain(const Error& error) {
        code_ = ExitCode::bad_request;
        std::string line = printable(error.to_string());
        if (line == last_complaint_) return;
        std::fprintf(stderr, "tcpwhy: %s\n", line.c_str());
        last_complaint_ = std::move(line);
    }

    const ReadRequest& request_;
    SelectingReport& report_;
    Output& output_;
    Interrupt interrupt_;
    ProgressLine progress_;
    std::string last_complaint_;
    ExitCode code_ = ExitCode::done;
};

Result<ExitCode> run(const ReadRequest& asked) {
    ReadRequest request = asked;
    if (!request.max_connections.empty()) {
        const auto most = whole_number<std::uint32_t>(request.max_connections, 1, UINT32_MAX);
        if (!most) {
            return fail(ErrorKind::usage,
                        "--max-connections: '" + printable(request.max_connections) + "' cannot be",
                        "Give a number from 1 to 4294967295.");
        }
        request.analysis.max_connections = *most;
    }
    Result<Selection> selection = selection_of(request);
    if (!selection) return tl::unexpected<Error>(selection.error());
    Result<OutputFile> file = OutputFile::open(request.output);
    if (!file) return tl::unexpected<Error>(file.error());

    Output output(file->descriptor());
    const bool selected = selection->narrows();
    SelectingReport report(std::move(*selection), make_report(request, selected, *file, output));
    // A progress line between lines of a result that scrolls by would only be in the way.
    const bool with_progress = !request.common.quiet && ::isatty(STDERR_FILENO) == 1 &&
                               (request.common.format == "text" || !file->is_terminal());
    ExitCode code = Reading(request, report, output, with_progress).all();

    // Whoever closed the pipe has read enough.
    if (output.error() == EPIPE) return code;
    if (output.error() != 0) return tl::unexpected<Error>(file->write_error(output.error()));
    if (const auto closed = file->close(); !closed) return tl::unexpected<Error>(closed.error());
    if (code == ExitCode::done && request.exit_code && report.failures() != 0) {
        code = ExitCode::failed;
    }
    return code;
}

void add_selection(CLI::App& app, ReadRequest& request) {
    const char* group = "Which connections";
    app.add_option("--filter", request.analysis.filter)
        ->description(
            "Read only packets that match, in tcpdump's language: 'host 192.0.2.1 and port 80'")
        ->option_text("EXPR")
        ->group(group);
    app.add_flag("--failed", request.failed, "Show only connections that failed")->group(group);
    app.add_option("--cause", request.causes)
        ->description("Show only this cause ('tcpwhy explain' lists them); may be repeated")
        ->option_text("ID")
        ->allow_extra_args(false)
        ->group(group);
    app.add_option("--host", request.hosts)
        ->description(
            "Show only connections of this address or range, as client or server; may be repeated")
        ->option_text("ADDR|CIDR")
        ->allow_extra_args(false)
        ->group(group);
    app.add_option("--port", request.ports)
        ->description("Show only connections with this port on either side; may be repeated")
        ->option_text("N")
        ->allow_extra_args(false)
        ->group(group);
}

void add_output(CLI::App& app, ReadRequest& request) {
    add_common_options(app, request.common, {"text", "json", "zeek"});
    app.add_option("-o,--output", request.output)
        ->description("Write to FILE instead of standard output")
        ->option_text("FILE")
        ->group("Output");
    app.add_flag("--summary", request.summary,
                 "With --format json: one more object after each capture, with counts and "
                 "what limits the verdicts (text always says it)")
        ->group("Output");
    app.add_flag("--unordered", request.analysis.unordered,
                 "Print verdicts as connections end, not in the order of their starts: needs less "
                 "memory")
        ->group("Output");
    app.add_flag("--exit-code", request.exit_code,
                 "End with 1 when a connection that is shown failed")
        ->group("Output");
}

Run add(CLI::App& program) {
    auto request = std::make_shared<ReadRequest>();
    CLI::App* app =
        program.add_subcommand("read", "Captures in, one verdict per TCP connection out");
    app->add_option("FILE", request->files)
        ->description(
            "Captures: pcap or pcapng, also gzip, zstd or lz4 compressed; '-' is "
            "standard input")
        ->required();
    add_selection(*app, *request);
    add_output(*app, *request);
    app->add_option("--max-connections", request->max_connections)
        ->description("Connections held in memory at a time (default: " +
                      std::to_string(AnalysisOptions{}.max_connections) +
                      "); floods beyond it are counted in groups")
        ->option_text("N")
        ->group("Limits");
    app->footer(
        "Examples:\n"
        "  tcpwhy read capture.pcap                     what failed, why, and what to do\n"
        "  tcpwhy read -v --port 443 capture.pcap       each connection, with its packets\n"
        "  tcpwhy read --cause no-listener *.pcapng     one cause, several captures\n"
        "  tcpwhy read --format json big.pcap.zst | jq 'select(.cause==\"no-answer\")'\n"
        "  ssh host tcpdump -w - -s 128 tcp | tcpwhy read -\n"
        "\n"
        "Exit status: 0 done, 1 with --exit-code when something failed, 2 bad request or input,\n"
        "130 interrupted.");
    return [request] { return run(*request); };
}

}  // namespace

extern const Command read_command;
const Command read_command{.order = 10, .add = add};

}  // namespace tcpwhy::command
