/* What the kernels share. Pixels are premultiplied RGBA, 8 bits a channel; strides count elements. */

#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

#define TILE_SIDE 256

/* A half-open rectangle within a tile. */
typedef struct {
    int32_t left, top, right, bottom;
} Area;

/* A round print: its centre in pixels (centres of pixels end in .5), and the coverage that it never exceeds. */
typedef struct {
    float x, y, radius, ceiling;
} Dab;

/* What is painted on: where it goes, what was there, the strength of the paint and, unless NULL, what limits it. */
typedef struct {
    void *out;
    const void *before;
    const float *strength;
    const uint8_t *clip;
    ptrdiff_t out_stride, before_stride, strength_stride, clip_stride;
    int32_t width, height;
} Painted;

static inline int min(int a, int b) { return a < b ? a : b; }
static inline int max(int a, int b) { return a > b ? a : b; }

/* Two products of bytes, 16 bits apart, each divided by 255 and rounded. */
static inline uint32_t divided_by_255(uint32_t products) {
    products += 0x00800080;
    return (products + (products >> 8 & 0x00FF00FF)) >> 8 & 0x00FF00FF;
}

/* A pixel's four bytes times a weight of 0..255. */
static inline uint32_t times(uint32_t pixel, uint32_t weight) {
    return divided_by_255((pixel & 0x00FF00FF) * weight) | divided_by_255((pixel >> 8 & 0x00FF00FF) * weight) << 8;
}
