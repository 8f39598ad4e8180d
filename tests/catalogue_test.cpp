// The catalogue checks itself: against the frozen list, its own files and the conversations.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "cause/cause.h"
#include "support/conversation.h"

namespace tcpwhy::test {
namespace {

using testing::EndsWith;
using testing::IsEmpty;
using testing::Not;

/// A row of src/cause/causes.tsv.
struct Row {
    std::string id, stage, outcome, errnos, seen_by;
};

std::vector<Row> frozen_list() {
    std::ifstream stream(TCPWHY_CAUSES "/causes.tsv");
    std::vector<Row> rows;
    for (std::string line; std::getline(stream, line);) {
        if (line.empty() || line.starts_with('#') || line.starts_with("id\t")) continue;
        std::istringstream columns(line);
        Row row;
        for (auto* column : {&row.id, &row.stage, &row.outcome, &row.errnos, &row.seen_by}) {
            std::getline(columns, *column, '\t');
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string_view name_of(Stage stage) {
    switch (stage) {
        case Stage::local:
            return "local";
        case Stage::handshake:
            return "handshake";
        case Stage::established:
            return "established";
        case Stage::end:
            return "end";
        case Stage::attack:
            return "attack";
        case Stage::any:
            break;
    }
    return "any";
}

/// The column's letters may stand in any order.
std::set<char> letters_of(const SeenBy& seen) {
    std::set<char> letters;
    if (seen.packets) letters.insert('P');
    if (seen.kernel) letters.insert('K');
    if (seen.host) letters.insert('H');
    if (seen.probe) letters.insert('A');
    return letters;
}

TEST(Catalogue, HoldsTheFrozenListAndNothingElse) {
    std::set<std::string> listed;
    for (const auto& row : frozen_list()) listed.insert(row.id);
    std::set<std::string> present;
    for (const Cause* cause : catalogue()) present.emplace(cause->id);
    EXPECT_EQ(present, listed);
    EXPECT_EQ(catalogue().size(), listed.size());
}

TEST(Catalogue, SaysOfEachCauseWhatTheFrozenListSays) {
    for (const auto& row : frozen_list()) {
        const Cause* cause = find_cause(row.id);
        if (cause == nullptr) continue;
        EXPECT_EQ(name_of(cause->stage), row.stage) << row.id;
        EXPECT_EQ(to_string(cause->outcome), row.outcome) << row.id;
        EXPECT_EQ(cause->errnos, row.errnos) << row.id;
        EXPECT_EQ(letters_of(cause->seen_by), std::set(row.seen_by.begin(), row.seen_by.end()))
            << row.id;
    }
}

TEST(Catalogue, HasAFileForEachCauseNamedByItsId) {
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(TCPWHY_CAUSES "/causes")) {
        if (entry.path().extension() == ".cpp") files.insert(entry.path().stem());
    }
    std::set<std::string> ids;
    for (const Cause* cause : catalogue()) ids.emplace(cause->id);
    EXPECT_EQ(files, ids);
}

TEST(Catalogue, HasAllItsWords) {
    for (const Cause* cause : catalogue()) {
        EXPECT_THAT(std::string(cause->meaning), EndsWith(".")) << cause->id;
        EXPECT_THAT(std::string(cause->advice), EndsWith(".")) << cause->id;
        EXPECT_THAT(cause->on_the_wire, Not(IsEmpty())) << cause->id;
        EXPECT_THAT(cause->reproduce, Not(IsEmpty())) << cause->id;
        EXPECT_THAT(cause->references, Not(IsEmpty())) << cause->id;
        EXPECT_NE(cause->by, nullptr) << cause->id;
        EXPECT_NE(cause->judge, nullptr) << cause->id;
        EXPECT_NE(cause->summarize, nullptr) << cause->id;
    }
}

/// How a cause fares in the conversations.
struct Coverage {
    int gets = 0;         ///< conversations, in any file, with a verdict of this cause
    int gets_in_own = 0;  ///< …in the cause's own file
    int near_misses = 0;  ///< conversations of its own file without such a verdict
};

std::map<std::string, Coverage> coverage() {
    std::map<std::string, Coverage> causes;
    for (const auto& entry : std::filesystem::directory_iterator(TCPWHY_CONVERSATIONS)) {
        if (entry.path().extension() != ".txt") continue;
        const auto conversations = read_conversations(entry.path());
        if (!conversations) {
            ADD_FAILURE() << conversations.error().what;
            continue;
        }
        const std::string own = entry.path().stem();
        for (const auto& conversation : *conversations) {
            std::set<std::string> got;
            for (const auto& verdict : conversation.verdicts) {
                if (!verdict.none) got.insert(verdict.cause);
            }
            for (const auto& cause : got) ++causes[cause].gets;
            got.contains(own) ? ++causes[own].gets_in_own : ++causes[own].near_misses;
        }
    }
    return causes;
}

TEST(Catalogue, ShowsEachCauseThatPacketsDecideByConversationsAndNearMisses) {
    auto causes = coverage();
    for (const Cause* cause : catalogue()) {
        if (!cause->seen_by.packets) continue;
        const Coverage& c = causes[std::string(cause->id)];
        fmt::print("{:32} {:3} conversations get it, {:3} near misses\n", cause->id, c.gets,
                   c.near_misses);
        EXPECT_GT(c.gets_in_own, 0) << "no conversation in " << cause->id << ".txt gets it";
        EXPECT_GT(c.near_misses, 0) << "no near miss in " << cause->id << ".txt";
    }
}

TEST(Catalogue, KnowsEveryCauseThatConversationsName) {
    for (const auto& [cause, covered] : coverage()) {
        if (covered.gets == 0) continue;
        EXPECT_NE(find_cause(cause), nullptr) << cause;
    }
}

}  // namespace
}  // namespace tcpwhy::test
