/* Layers blended over a backdrop by the formulas of W3C Compositing and Blending Level 1.
 *
 * A strip of a few rows goes through all layers before the next, so that it stays in the cache. After each layer the
 * backdrop is rounded to 8 bits: how a stack is divided into calls makes no difference.
 */

#include "kernels.h"

#define STRIP 4096 /* pixels: backdrop, source and mask of a strip fit into a core's first cache */

/* Studio's `BlendMode`, in its order. */
enum Mode {
    NORMAL, MULTIPLY, SCREEN, OVERLAY, DARKEN, LIGHTEN, COLOR_DODGE, COLOR_BURN, LINEAR_BURN, HARD_LIGHT, SOFT_LIGHT,
    DIFFERENCE, EXCLUSION, PLUS, HUE, SATURATION, COLOR, LUMINOSITY, DESTINATION_IN, DESTINATION_OUT, DESTINATION_ATOP
};

#define IN_WORDS(DO) \
    DO(NORMAL) DO(MULTIPLY) DO(SCREEN) DO(PLUS) DO(DESTINATION_IN) DO(DESTINATION_OUT) DO(DESTINATION_ATOP)
#define IN_FLOAT(DO) \
    DO(OVERLAY) DO(DARKEN) DO(LIGHTEN) DO(COLOR_DODGE) DO(COLOR_BURN) DO(LINEAR_BURN) DO(HARD_LIGHT) DO(SOFT_LIGHT) \
    DO(DIFFERENCE) DO(EXCLUSION) DO(HUE) DO(SATURATION) DO(COLOR) DO(LUMINOSITY)
#define EVERY_MODE(DO) IN_WORDS(DO) IN_FLOAT(DO)

typedef struct {
    const uint32_t *pixels;
    const uint8_t *mask; /* one byte a pixel; NULL shows everything */
    ptrdiff_t stride, mask_stride;
    int32_t mode;
    float opacity;
} Source;

/* ---- four pixels at a time, as fractions of 65535 ---- */

typedef uint8_t Bytes __attribute__((vector_size(16)));
typedef uint16_t Words __attribute__((vector_size(32)));
typedef uint32_t Longs __attribute__((vector_size(64)));

static inline Words product(Words a, Words b) {
    Longs full = __builtin_convertvector(a, Longs) * __builtin_convertvector(b, Longs);
    return __builtin_convertvector(full >> 16, Words);
}

static inline Words sum(Words a, Words b) {
    Words result = a + b;
    return result | (Words)(result < a);
}

static inline Words alpha(Words pixels) {
    return __builtin_shufflevector(pixels, pixels, 3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
}

static inline Words blended(enum Mode mode, Words backdrop, Words source) {
    Words uncovered = 65535 - alpha(source);
    switch (mode) {
    case MULTIPLY: return sum(product(source, sum(65535 - alpha(backdrop), backdrop)), product(backdrop, uncovered));
    case SCREEN: return sum(source, product(backdrop, 65535 - source));
    case PLUS: return sum(source, backdrop);
    case DESTINATION_IN: return product(backdrop, alpha(source));
    case DESTINATION_OUT: return product(backdrop, uncovered);
    case DESTINATION_ATOP: return sum(product(source, 65535 - alpha(backdrop)), product(backdrop, alpha(source)));
    default: return sum(source, product(backdrop, uncovered));
    }
}

static inline Words loaded(const uint8_t *pixels) {
    Bytes bytes;
    __builtin_memcpy(&bytes, pixels, sizeof bytes);
    return __builtin_convertvector(bytes, Words) * 257;
}

static inline void stored(uint8_t *pixels, Words values) {
    Bytes bytes = __builtin_convertvector((values - (values >> 8) + 128) >> 8, Bytes);
    __builtin_memcpy(pixels, &bytes, sizeof bytes);
}

#define ALWAYS static inline __attribute__((always_inline))

ALWAYS void blend_whole(enum Mode mode, uint8_t *backdrop, const uint8_t *source, int count, float opacity) {
    Words share = (Words){} + (uint16_t)(opacity * 65535.0f + 0.5f);
    int faded = opacity < 1.0f;
    for (int i = 0; i + 4 <= count; i += 4) {
        Words values = loaded(source + 4 * i);
        if (faded) values = product(values, share);
        stored(backdrop + 4 * i, blended(mode, loaded(backdrop + 4 * i), values));
    }
}

/* ---- many layers as one: an affine map, known by what it makes of nothing, of black and of white ---- */

/* Two bytes' product over 255, in each lane. */
static inline Words scaled(Words a, Words b) {
    Words product = a * b + 128;
    return (product + (product >> 8)) >> 8;
}

static inline Words widened(const uint32_t *pixels) {
    Bytes bytes;
    __builtin_memcpy(&bytes, pixels, sizeof bytes);
    return __builtin_convertvector(bytes, Words);
}

static inline Words excess(Words a, Words b) { return (a - b) & (Words)(a > b); }

static inline void map_four(uint32_t *pixels, const uint32_t *on_nothing, const uint32_t *on_black,
                            const uint32_t *on_white) {
    Words below = widened(pixels), nothing = widened(on_nothing), black = widened(on_black);
    Words slope = excess(widened(on_white), black) + excess(black, nothing);
    Words mapped = scaled(slope, below) + nothing - scaled(excess(nothing, black), alpha(below));
    Bytes bytes = __builtin_convertvector(mapped - excess(mapped, (Words){} + 255), Bytes);
    __builtin_memcpy(pixels, &bytes, sizeof bytes);
}

/* `pixels`, in place, by the map that makes these of nothing, opaque black and opaque white; rows lie `stride` apart
 * in each. */
EXPORT void map(uint32_t *pixels, const uint32_t *nothing, const uint32_t *black, const uint32_t *white,
                const ptrdiff_t *strides, int32_t width, int32_t height) {
    for (int y = 0; y < height; y++) {
        uint32_t *row = pixels + y * strides[0];
        const uint32_t *on[3] = {nothing + y * strides[1], black + y * strides[2], white + y * strides[3]};
        int x = 0;
        for (; x + 4 <= width; x += 4) map_four(row + x, on[0] + x, on[1] + x, on[2] + x);
        uint32_t last[4][4] = {{0}};
        for (int i = 0; x + i < width; i++) {
            last[0][i] = row[x + i];
            for (int k = 0; k < 3; k++) last[k + 1][i] = on[k][x + i];
        }
        map_four(last[0], last[1], last[2], last[3]);
        for (int i = 0; x + i < width; i++) row[x + i] = last[0][i];
    }
}

/* ---- the other modes in float: straight colours, a pixel in each lane ---- */

typedef struct {
    float red, green, blue;
} Colour;

ALWAYS float least(float a, float b) { return a < b ? a : b; }
ALWAYS float most(float a, float b) { return a > b ? a : b; }

ALWAYS float hard_light(float b, float s) {
    return s <= 0.5f ? 2.0f * b * s : b + (2.0f * s - 1.0f) * (1.0f - b);
}

ALWAYS float soft_light(float b, float s) {
    float curve = b <= 0.25f ? ((16.0f * b - 12.0f) * b + 4.0f) * b : __builtin_sqrtf(b);
    float weight = 2.0f * s - 1.0f;
    return b + weight * (weight <= 0.0f ? b * (1.0f - b) : curve - b);
}

ALWAYS float separable(enum Mode mode, float b, float s) {
    switch (mode) {
    case OVERLAY: return hard_light(s, b);
    case DARKEN: return least(b, s);
    case LIGHTEN: return most(b, s);
    case COLOR_DODGE: return b <= 0.0f ? 0.0f : s < 1.0f ? least(1.0f, b / (1.0f - s)) : 1.0f;
    case COLOR_BURN: return b >= 1.0f ? 1.0f : s > 0.0f ? 1.0f - least(1.0f, (1.0f - b) / s) : 0.0f;
    case LINEAR_BURN: return most(0.0f, b + s - 1.0f);
    case HARD_LIGHT: return hard_light(b, s);
    case SOFT_LIGHT: return soft_light(b, s);
    case DIFFERENCE: return most(b, s) - least(b, s);
    case EXCLUSION: return b + s - 2.0f * b * s;
    case MULTIPLY: return b * s;
    case SCREEN: return b + s - b * s;
    default: return s;
    }
}

ALWAYS float luminosity(Colour c) { return 0.3f * c.red + 0.59f * c.green + 0.11f * c.blue; }
ALWAYS float lowest(Colour c) { return least(least(c.red, c.green), c.blue); }
ALWAYS float highest(Colour c) { return most(most(c.red, c.green), c.blue); }
ALWAYS float saturation(Colour c) { return highest(c) - lowest(c); }

ALWAYS Colour drawn_in(Colour c, float light, float factor) {
    return (Colour){light + (c.red - light) * factor, light + (c.green - light) * factor,
                    light + (c.blue - light) * factor};
}

ALWAYS Colour with_luminosity(Colour c, float light) {
    float shift = light - luminosity(c);
    c = (Colour){c.red + shift, c.green + shift, c.blue + shift};
    float low = lowest(c), high = highest(c);
    c = drawn_in(c, light, low < 0.0f ? light / (light - low) : 1.0f);
    return drawn_in(c, light, high > 1.0f ? (1.0f - light) / (high - light) : 1.0f);
}

ALWAYS Colour with_saturation(Colour c, float wanted) {
    float low = lowest(c), spread = highest(c) - low;
    float factor = spread > 0.0f ? wanted / spread : 0.0f;
    return (Colour){(c.red - low) * factor, (c.green - low) * factor, (c.blue - low) * factor};
}

ALWAYS Colour mixed(enum Mode mode, Colour b, Colour s) {
    switch (mode) {
    case HUE: return with_luminosity(with_saturation(s, saturation(b)), luminosity(b));
    case SATURATION: return with_luminosity(with_saturation(b, saturation(s)), luminosity(b));
    case COLOR: return with_luminosity(s, luminosity(b));
    case LUMINOSITY: return with_luminosity(b, luminosity(s));
    default:
        return (Colour){separable(mode, b.red, s.red), separable(mode, b.green, s.green),
                        separable(mode, b.blue, s.blue)};
    }
}

ALWAYS Colour straight(Colour c, float alpha) {
    float safe = alpha > 0.0f ? alpha : 1.0f;
    return (Colour){least(1.0f, c.red / safe), least(1.0f, c.green / safe), least(1.0f, c.blue / safe)};
}

ALWAYS Colour colour_of(uint32_t pixel, float scale) {
    return (Colour){(float)(int32_t)(pixel & 255) * scale, (float)(int32_t)(pixel >> 8 & 255) * scale,
                    (float)(int32_t)(pixel >> 16 & 255) * scale};
}

ALWAYS uint32_t byte_of(float value) {
    value = value * 255.0f + 0.5f;
    value = value < 0.0f ? 0.0f : value;
    return (uint32_t)(int32_t)(value > 255.0f ? 255.0f : value);
}

/* Where both are: the mix, weighted by both alphas; else the one that is. */
ALWAYS float over(float backdrop, float source, float mix, float alpha_b, float alpha_s) {
    return source + backdrop * (1.0f - alpha_s) + alpha_b * (alpha_s * mix - source);
}

ALWAYS uint32_t blended_pixel(enum Mode mode, uint32_t backdrop, uint32_t source, float opacity) {
    float alpha_b = (float)(int32_t)(backdrop >> 24) * (1.0f / 255.0f);
    float alpha_s = (float)(int32_t)(source >> 24) * (opacity / 255.0f);
    Colour b = colour_of(backdrop, 1.0f / 255.0f), s = colour_of(source, opacity / 255.0f);
    Colour mix = mixed(mode, straight(b, alpha_b), straight(s, alpha_s));
    float alpha = alpha_s + alpha_b * (1.0f - alpha_s);
    return byte_of(over(b.red, s.red, mix.red, alpha_b, alpha_s)) |
           byte_of(over(b.green, s.green, mix.green, alpha_b, alpha_s)) << 8 |
           byte_of(over(b.blue, s.blue, mix.blue, alpha_b, alpha_s)) << 16 | byte_of(alpha) << 24;
}

ALWAYS void blend_float(enum Mode mode, uint32_t *restrict backdrop, const uint32_t *restrict source, int count,
                        float opacity) {
    for (int i = 0; i < count; i++) backdrop[i] = blended_pixel(mode, backdrop[i], source[i], opacity);
}

/* ---- the same formulas on light: planes of float, 0..1 ---- */

/* Red, green, blue and alpha, each `plane` values after the one before. */
typedef struct {
    const float *backdrop, *source;
    float *out;
    ptrdiff_t plane;
} Light;

ALWAYS float blended_light(enum Mode mode, float b, float s, float mix, float alpha_b, float alpha_s) {
    switch (mode) {
    case PLUS: return least(1.0f, b + s);
    case DESTINATION_IN: return b * alpha_s;
    case DESTINATION_OUT: return b * (1.0f - alpha_s);
    case DESTINATION_ATOP: return s * (1.0f - alpha_b) + b * alpha_s;
    case NORMAL: return s + b * (1.0f - alpha_s);
    default: return over(b, s, mix, alpha_b, alpha_s);
    }
}

ALWAYS void blend_planes(enum Mode mode, const Light *light, ptrdiff_t count) {
    const float *restrict b = light->backdrop, *restrict s = light->source;
    float *restrict out = light->out;
    ptrdiff_t green = light->plane, blue = 2 * green, alpha = 3 * green;
    for (ptrdiff_t i = 0; i < count; i++) {
        float alpha_b = b[i + alpha], alpha_s = s[i + alpha];
        Colour below = {b[i], b[i + green], b[i + blue]}, above = {s[i], s[i + green], s[i + blue]};
        Colour mix = mixed(mode, straight(below, alpha_b), straight(above, alpha_s));
        out[i] = blended_light(mode, below.red, above.red, mix.red, alpha_b, alpha_s);
        out[i + green] = blended_light(mode, below.green, above.green, mix.green, alpha_b, alpha_s);
        out[i + blue] = blended_light(mode, below.blue, above.blue, mix.blue, alpha_b, alpha_s);
        out[i + alpha] = blended_light(mode, alpha_b, alpha_s, 1.0f, alpha_b, alpha_s);
    }
}

/* `out` becomes the source over the backdrop; it is another array than both. */
EXPORT void blend_light(const Light *light, ptrdiff_t count, int32_t mode) {
#define LIGHT(MODE) case MODE: blend_planes(MODE, light, count); break;
    switch (mode) { EVERY_MODE(LIGHT) }
}

/* ---- any mode, any shape ---- */

#define PIECE 256

/* `count` is a multiple of four. */
static void blend_piece(int mode, uint32_t *restrict backdrop, const uint32_t *restrict source, int count,
                        float opacity) {
#define WHOLE(MODE) case MODE: blend_whole(MODE, (uint8_t *)backdrop, (const uint8_t *)source, count, opacity); break;
#define FLOAT(MODE) case MODE: blend_float(MODE, backdrop, source, count, opacity); break;
    switch (mode) { IN_WORDS(WHOLE) IN_FLOAT(FLOAT) }
}

static inline void copy(uint32_t *to, const uint32_t *from, int count) {
    for (int i = 0; i < count; i++) to[i] = from[i];
}

static void blend_run(int mode, uint32_t *backdrop, const uint32_t *source, int count, float opacity) {
    int even = count & ~3, rest = count & 3;
    uint32_t last_backdrop[4] = {0}, last_source[4] = {0};
    blend_piece(mode, backdrop, source, even, opacity);
    if (!rest) return;
    copy(last_backdrop, backdrop + even, rest);
    copy(last_source, source + even, rest);
    blend_piece(mode, last_backdrop, last_source, 4, opacity);
    copy(backdrop + even, last_backdrop, rest);
}

static inline void mask_run(uint32_t *restrict out, const uint32_t *restrict pixels, const uint8_t *restrict mask,
                            int count) {
    for (int i = 0; i < count; i++) out[i] = times(pixels[i], mask[i]);
}

static void blend_row(uint32_t *backdrop, const Source *source, int y, int width) {
    const uint32_t *pixels = source->pixels + y * source->stride;
    uint32_t shown[PIECE];
    for (int x = 0; x < width; x += PIECE) {
        int count = min(PIECE, width - x);
        const uint32_t *piece = pixels + x;
        if (source->mask) {
            mask_run(shown, piece, source->mask + y * source->mask_stride + x, count);
            piece = shown;
        }
        blend_run(source->mode, backdrop + x, piece, count, source->opacity);
    }
}

/* Sources in turn over a backdrop, in place. */
EXPORT void blend(uint32_t *backdrop, ptrdiff_t stride, int32_t width, int32_t height, const Source *sources,
                  int32_t count) {
    int rows = max(1, STRIP / max(1, width));
    for (int top = 0; top < height; top += rows)
        for (int i = 0; i < count; i++)
            for (int y = top; y < min(height, top + rows); y++)
                blend_row(backdrop + y * stride, sources + i, y, width);
}
