#include "knowledge/error_numbers.h"

#include <gtest/gtest.h>
#include <netdb.h>

#include <cstring>
#include <set>
#include <string>

namespace tcpwhy {
namespace {

const ErrorNumber* find(int number) {
    for (const ErrorNumber& error : error_numbers()) {
        if (error.number == number) return &error;
    }
    return nullptr;
}

TEST(ErrorNumbers, AreThoseOfTheCLibrary) {
    for (int number = 1; number <= 133; ++number) {
        const char* name = ::strerrorname_np(number);
        const ErrorNumber* error = find(number);
        ASSERT_EQ(error != nullptr, name != nullptr) << number;
        if (name == nullptr) continue;
        // glibc names 95 by its alias.
        const std::string_view known = std::string_view(name) == "ENOTSUP" ? "EOPNOTSUPP" : name;
        EXPECT_EQ(error->name, known);
        EXPECT_EQ(error->text, ::strerrordesc_np(number));
    }
}

TEST(ErrorNumbers, AreEachThereOnce) {
    std::set<int> seen;
    for (const ErrorNumber& error : error_numbers()) {
        EXPECT_TRUE(seen.insert(error.number).second) << error.name;
        EXPECT_TRUE(error.meaning.ends_with('.')) << error.name;
    }
    EXPECT_EQ(seen.size(), 131U);
}

TEST(ErrorNumbers, AliasesNameKnownOnes) {
    for (const ErrorAlias& alias : error_aliases()) {
        bool known = false;
        for (const ErrorNumber& error : error_numbers()) known |= error.name == alias.name;
        EXPECT_TRUE(known) << alias.alias;
    }
}

TEST(ErrorDetails, CoverWhatSocketsReturn) {
    for (int number = EADDRINUSE; number <= EINPROGRESS; ++number) {
        EXPECT_NE(find_error_detail(find(number)->name), nullptr) << number;
    }
    for (const char* name : {"EINVAL", "EPERM", "EACCES", "EPIPE", "EAGAIN", "EINTR", "EMFILE",
                             "ENFILE", "ENOMEM", "EPROTO", "EMSGSIZE"}) {
        EXPECT_NE(find_error_detail(name), nullptr) << name;
    }
}

TEST(ErrorDetails, AreWholeSentencesOfKnownNumbers) {
    for (const auto details : {connection_error_details(), program_error_details()}) {
        for (const ErrorDetail& detail : details) {
            bool known = false;
            for (const ErrorNumber& error : error_numbers()) known |= error.name == detail.name;
            EXPECT_TRUE(known) << detail.name;
            for (const std::string_view text : {detail.when, detail.confused, detail.advice}) {
                EXPECT_TRUE(text.ends_with('.') || text.ends_with("`.")) << detail.name;
            }
        }
    }
}

TEST(LookupErrors, AreThoseOfTheCLibrary) {
    for (const LookupError& error : lookup_errors()) {
        const std::string text = ::gai_strerror(error.number);
        // glibc has no text of its own for a few.
        if (text != "Unknown error") {
            EXPECT_EQ(error.text, text) << error.name;
        }
    }
}

}  // namespace
}  // namespace tcpwhy
