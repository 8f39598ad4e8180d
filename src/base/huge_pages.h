// Memory for tables that are read at random places.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace tcpwhy {

/// An allocator that asks the kernel for huge pages where a table is large enough to fill one.
/// Random access to a table of many megabytes is bound by the TLB with pages of 4 KiB. Where huge
/// pages are off (/sys/kernel/mm/transparent_hugepage/enabled) it is an ordinary allocator.
template <typename T>
struct HugePageAllocator {
    using value_type = T;
    static constexpr std::size_t huge_page = std::size_t{2} << 20;

    HugePageAllocator() = default;
    template <typename U>
    explicit HugePageAllocator(const HugePageAllocator<U>&) {}

    [[nodiscard]] T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        void* memory = ::operator new(bytes, alignment_of(bytes));
        if (bytes >= huge_page) madvise(memory, bytes, MADV_HUGEPAGE);  // only a wish
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t count) {
        ::operator delete(memory, alignment_of(count * sizeof(T)));
    }
    friend bool operator==(const HugePageAllocator&, const HugePageAllocator&) { return true; }

private:
    static std::align_val_t alignment_of(std::size_t bytes) {
        return std::align_val_t{bytes >= huge_page ? huge_page : alignof(T)};
    }
};

}  // namespace tcpwhy
