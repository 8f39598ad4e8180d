// Storage in chunks that never move, with reuse.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace tcpwhy {

/// Objects by number. Numbers start at 1, so that 0 can mean "none". A chunk is allocated when the
/// former are full; what was released is used again first.
template <typename T>
class Pool {
public:
    /// A fresh object's number.
    [[nodiscard]] std::uint32_t add() {
        if (!free_.empty()) {
            const std::uint32_t number = free_.back();
            free_.pop_back();
            (*this)[number] = T{};
            return number;
        }
        if (used_ == chunks_.size() * chunk_size)
            chunks_.push_back(std::make_unique<T[]>(chunk_size));
        return ++used_;
    }
    void release(std::uint32_t number) { free_.push_back(number); }
    [[nodiscard]] T& operator[](std::uint32_t number) {
        return chunks_[(number - 1) / chunk_size][(number - 1) % chunk_size];
    }
    [[nodiscard]] const T& operator[](std::uint32_t number) const {
        return chunks_[(number - 1) / chunk_size][(number - 1) % chunk_size];
    }
    /// How many objects are in use.
    [[nodiscard]] std::size_t size() const { return used_ - free_.size(); }

private:
    static constexpr std::uint32_t chunk_size = 256;
    std::vector<std::unique_ptr<T[]>> chunks_;
    std::vector<std::uint32_t> free_;
    std::uint32_t used_ = 0;
};

}  // namespace tcpwhy
