// Every conversation of tests/conversations/, in every variation, against the verdict that it must
// get. The files are read when this runs.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "support/trial.h"

namespace tcpwhy::test {

/// One conversation in all its variations.
class ConversationTest : public testing::Test {
public:
    explicit ConversationTest(const Conversation& conversation) : conversation_(conversation) {}

    void TestBody() override {
        const auto variations = variations_of(conversation_);
        ASSERT_FALSE(variations.empty()) << conversation_.file << ": every variation is left out";
        for (const auto& variation : variations) run(variation);
    }

private:
    /// What an earlier variation has said at length is not said again.
    void run(const Variation& variation) {
        const auto trial = try_conversation(conversation_, variation);
        if (!trial) {
            ADD_FAILURE() << "[" << variation.to_string() << "] " << trial.error().to_string();
            return;
        }
        if (!*trial) return;
        for (const auto& verdict : (*trial)->verdicts) {
            if (const auto trouble = trouble_with_ladder(verdict)) say(variation, *trouble);
        }
        for (const auto& text : differences(conversation_, **trial)) say(variation, text);
    }

    void say(const Variation& variation, const std::string& text) {
        const bool known = std::ranges::find(said_, text) != said_.end();
        ADD_FAILURE() << "[" << variation.to_string() << "] " << (known ? "too" : text);
        said_.push_back(text);
    }

    const Conversation& conversation_;
    std::vector<std::string> said_;
};

/// Test names hold letters, digits and underscores only.
static std::string test_name(std::string text) {
    for (char& c : text) {
        const bool kept =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!kept) c = '_';
    }
    return text;
}

static std::vector<Conversation> read_all(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::vector<Conversation> all;
    for (const auto& file : files) {
        auto conversations = read_conversations(file);
        if (!conversations) {
            std::cerr << conversations.error().what << '\n';
            std::exit(1);
        }
        for (auto& one : *conversations) all.push_back(std::move(one));
    }
    return all;
}

static void register_all(const std::vector<Conversation>& conversations) {
    for (const auto& conversation : conversations) {
        const auto suite = test_name(std::filesystem::path(conversation.file).stem().string());
        testing::RegisterTest(
            suite.c_str(), test_name(conversation.name).c_str(), nullptr, nullptr,
            conversation.file.c_str(), static_cast<int>(conversation.line),
            [&conversation]() -> ConversationTest* { return new ConversationTest(conversation); });
    }
}

}  // namespace tcpwhy::test

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const auto conversations = tcpwhy::test::read_all(argc > 1 ? argv[1] : TCPWHY_CONVERSATIONS);
    if (conversations.empty()) {
        std::cerr << "no conversations\n";
        return 1;
    }
    tcpwhy::test::register_all(conversations);
    return RUN_ALL_TESTS();
}
