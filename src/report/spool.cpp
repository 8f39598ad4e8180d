#include "report/spool.h"

#include <vector>

namespace tcpwhy {

namespace {

constexpr std::size_t most_in_memory = std::size_t{32} * 1024 * 1024;

}  // namespace

void Spool::add(std::string_view text) {
    memory_ += text;
    if (memory_.size() < most_in_memory) return;
    if (!file_) file_.reset(std::tmpfile());
    // Without a place for temporary files all of it stays in memory.
    if (!file_) return;
    if (std::fwrite(memory_.data(), 1, memory_.size(), file_.get()) != memory_.size()) {
        damaged_ = true;
    }
    memory_.clear();
}

bool Spool::move_to(Output& output) {
    bool whole = !damaged_;
    if (file_) {
        std::rewind(file_.get());
        std::vector<char> part(std::size_t{256} * 1024);
        std::size_t got = 0;
        while ((got = std::fread(part.data(), 1, part.size(), file_.get())) != 0) {
            output.write({part.data(), got});
        }
        whole = whole && std::ferror(file_.get()) == 0;
        file_.reset();
    }
    output.write(memory_);
    memory_.clear();
    damaged_ = false;
    return whole;
}

}  // namespace tcpwhy
