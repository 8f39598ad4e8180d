// Holds the verdicts on the captures of samples/ against what is known to be true of each.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cause/cause.h"
#include "tcpwhy/analyze.h"

namespace tcpwhy {
namespace {

const std::filesystem::path samples = TCPWHY_SAMPLES;

/// A line of expected.tsv.
struct Expected {
    std::string file;
    std::string server;                   ///< "address:port"
    std::vector<std::string> acceptable;  ///< causes, the truth first

    [[nodiscard]] const std::string& truth() const { return acceptable.front(); }
};

std::vector<Expected> read_expected() {
    std::vector<Expected> rows;
    std::ifstream file(samples / "expected.tsv");
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::istringstream fields(line);
        Expected row;
        std::string causes;
        fields >> row.file >> row.server >> causes;
        std::istringstream list(causes);
        for (std::string cause; std::getline(list, cause, ',');) row.acceptable.push_back(cause);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Verdict> verdicts_on(const Expected& row) {
    std::vector<Verdict> verdicts;
    const auto summary =
        read_capture((samples / row.file).string(), {}, [&](const Verdict& verdict) {
            if (verdict.server.to_string() == row.server) verdicts.push_back(verdict);
        });
    EXPECT_TRUE(summary) << summary.error().to_string();
    return verdicts;
}

bool names(const Verdict& verdict, std::string_view cause) {
    return verdict.cause == cause ||
           std::any_of(verdict.alternatives.begin(), verdict.alternatives.end(),
                       [&](const Alternative& other) { return other.cause == cause; });
}

std::string show(const Verdict& verdict) {
    std::ostringstream text;
    text << verdict.client.to_string() << " -> " << verdict.server.to_string() << ": "
         << verdict.cause << " (" << to_string(verdict.confidence) << "): " << verdict.summary;
    for (const auto& other : verdict.alternatives) {
        text << "\n    or " << other.cause << ": " << other.because;
    }
    return text.str();
}

class Sample : public testing::TestWithParam<Expected> {};

TEST_P(Sample, GetsAnAcceptableVerdict) {
    const auto& row = GetParam();
    const auto verdicts = verdicts_on(row);
    EXPECT_FALSE(verdicts.empty()) << "no connection to " << row.server;
    for (const auto& verdict : verdicts) {
        const bool acceptable = std::find(row.acceptable.begin(), row.acceptable.end(),
                                          verdict.cause) != row.acceptable.end();
        EXPECT_TRUE(acceptable || names(verdict, row.truth())) << "expected " << row.truth() << "\n"
                                                               << show(verdict);
        EXPECT_TRUE(acceptable || verdict.confidence != Confidence::certain)
            << "certain, and wrong\n"
            << show(verdict);
    }
    EXPECT_TRUE(std::any_of(verdicts.begin(), verdicts.end(),
                            [&](const Verdict& v) { return names(v, row.truth()); }))
        << "no verdict names " << row.truth() << "\n"
        << (verdicts.empty() ? "" : show(verdicts.back()));
}

TEST_P(Sample, IsNoFailureWhenHealthy) {
    const Cause* truth = find_cause(GetParam().truth());
    ASSERT_NE(truth, nullptr) << GetParam().truth() << " is not in the catalogue";
    if (truth->outcome != Outcome::ok && truth->outcome != Outcome::open) return;
    for (const auto& verdict : verdicts_on(GetParam())) {
        EXPECT_FALSE(verdict.failed()) << show(verdict);
    }
}

std::string name_of(const testing::TestParamInfo<Expected>& row) {
    std::string name = row.param.file + "_" + row.param.server;
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(All, Sample, testing::ValuesIn(read_expected()), name_of);

TEST(Samples, AreAllExpectedAndSmall) {
    std::set<std::string> known;
    for (const auto& row : read_expected()) known.insert(row.file);
    EXPECT_GE(known.size(), 20U);
    for (const auto& entry : std::filesystem::directory_iterator(samples)) {
        const std::string name = entry.path().filename().string();
        if (name.find(".pcap") == std::string::npos) continue;
        EXPECT_TRUE(known.contains(name)) << name << " is not in expected.tsv";
        EXPECT_LT(entry.file_size(), 40'000U) << name;
        known.erase(name);
    }
    EXPECT_TRUE(known.empty()) << *known.begin() << " is missing";
}

}  // namespace
}  // namespace tcpwhy
