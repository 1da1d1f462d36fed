/* What a brush does to one tile: dabs gather coverage, and a colour is laid over pixels through it. */

#include "kernels.h"

/* The greatest whole number that is not above; there is no C library to ask. */
static inline int whole_below(float value) {
    int whole = (int)value;
    return whole - (value < (float)whole);
}

static inline float faded(float distance, float outer, float width) {
    float fade = (outer - distance) / width;
    fade = fade < 0.0f ? 0.0f : fade;
    fade = fade > 1.0f ? 1.0f : fade;
    return width > 2.0f ? fade * fade * (3.0f - 2.0f * fade) : fade;
}

/* One row of one dab: nearer to the ceiling by the share of the dab, never down. Whether anything changed. */
static inline int cover_row(float *restrict row, float *restrict gained, int count, float x, float dy, const Dab *dab,
                            float outer, float width, float flow) {
    int changed = 0;
    for (int i = 0; i < count; i++) {
        float dx = x + (float)i;
        float share = faded(__builtin_sqrtf(dx * dx + dy * dy), outer, width) * flow;
        float gain = (dab->ceiling - row[i]) * share;
        gained[i] = row[i] + (gain > 0.0f ? gain : 0.0f);
        changed |= gained[i] != row[i];
    }
    return changed;
}

static void include(Area *area, const float *before, const float *after, int x, int y, int count) {
    int first = 0, last = count - 1;
    while (x + first < area->left && before[first] == after[first]) first++;
    while (x + last >= area->right && before[last] == after[last]) last--;
    area->left = min(area->left, x + first);
    area->right = max(area->right, x + last + 1);
    area->top = min(area->top, y);
    area->bottom = max(area->bottom, y + 1);
}

static void cover_one(float *coverage, ptrdiff_t stride, Area within, const Dab *dab, float hardness, float flow,
                      Area *area) {
    float gained[TILE_SIDE];
    float width = (1.0f - hardness) * dab->radius;
    width = width < 1.0f ? 1.0f : width;
    float outer = dab->radius + 0.5f / width;
    int top = max(within.top, whole_below(dab->y - outer - 0.5f));
    int bottom = min(within.bottom, -whole_below(-dab->y - outer - 0.5f));
    for (int y = top; y < bottom; y++) {
        float dy = (float)y + 0.5f - dab->y;
        float reach = outer * outer - dy * dy;
        if (reach <= 0.0f) continue;
        reach = __builtin_sqrtf(reach) + 0.5f;
        int left = max(within.left, whole_below(dab->x - reach));
        int right = min(within.right, -whole_below(-dab->x - reach));
        int count = right - left;
        float *row = coverage + y * stride + left;
        if (count <= 0) continue;
        if (!cover_row(row, gained, count, (float)left + 0.5f - dab->x, dy, dab, outer, width, flow)) continue;
        include(area, row, gained, left, y, count);
        for (int i = 0; i < count; i++) row[i] = gained[i];
    }
}

/* Dabs in turn; `area` becomes a rectangle around what changed, empty (right <= left) if nothing did. `within` lies in
 * the tile. */
EXPORT void cover(float *coverage, ptrdiff_t stride, const Area *within, const Dab *dabs, int32_t count, float hardness,
                  float flow, Area *area) {
    *area = (Area){within->right, within->bottom, within->left, within->top};
    for (int i = 0; i < count; i++) cover_one(coverage, stride, *within, dabs + i, hardness, flow, area);
}

static inline uint32_t halves(uint32_t before, uint32_t colour, uint32_t weight) {
    return divided_by_255(before * (255 - weight) + colour * weight);
}

static inline uint32_t mixed(uint32_t before, uint32_t colour, uint32_t weight) {
    return halves(before & 0x00FF00FF, colour & 0x00FF00FF, weight) |
           halves(before >> 8 & 0x00FF00FF, colour >> 8 & 0x00FF00FF, weight) << 8;
}

/* The colour under the alpha of a pixel, which it keeps. */
static inline uint32_t under_alpha(uint32_t colour, uint32_t pixel) {
    uint32_t alpha = pixel >> 24;
    return (times(colour, alpha) & 0x00FFFFFF) | alpha << 24;
}

/* Strengths of 0..1, times an opacity and what a clip lets through, as weights of 0..255. */
static inline void weigh(uint8_t *restrict weights, const float *restrict strength, const uint8_t *restrict clip,
                         float opacity, int count) {
    if (clip)
        for (int i = 0; i < count; i++)
            weights[i] = (uint8_t)(int32_t)(strength[i] * opacity * (float)clip[i] + 0.5f);
    else
        for (int i = 0; i < count; i++) weights[i] = (uint8_t)(int32_t)(strength[i] * opacity * 255.0f + 0.5f);
}

static void paint_run(uint32_t *restrict out, const uint32_t *restrict before, const uint8_t *restrict weights,
                      int count, uint32_t colour, int lock_alpha) {
    if (lock_alpha)
        for (int i = 0; i < count; i++) out[i] = mixed(before[i], under_alpha(colour, before[i]), weights[i]);
    else
        for (int i = 0; i < count; i++) out[i] = mixed(before[i], colour, weights[i]);
}

static void paint_mask_run(uint8_t *restrict out, const uint8_t *restrict before, const uint8_t *restrict weights,
                           int count, uint32_t value) {
    for (int i = 0; i < count; i++) out[i] = (uint8_t)halves(before[i], value, weights[i]);
}

/* A colour mixed into pixels or, with one channel, its lowest byte into a mask. */
EXPORT void paint(const Painted *area, uint32_t colour, float opacity, int32_t channels, int32_t lock_alpha) {
    uint8_t weights[TILE_SIDE];
    for (int y = 0; y < area->height; y++)
        for (int x = 0; x < area->width; x += TILE_SIDE) {
            int count = min(TILE_SIDE, area->width - x);
            const uint8_t *clip = area->clip ? area->clip + y * area->clip_stride + x : NULL;
            ptrdiff_t to = y * area->out_stride + x, from = y * area->before_stride + x;
            weigh(weights, area->strength + y * area->strength_stride + x, clip, opacity, count);
            if (channels == 4)
                paint_run((uint32_t *)area->out + to, (const uint32_t *)area->before + from, weights, count, colour,
                          lock_alpha);
            else
                paint_mask_run((uint8_t *)area->out + to, (const uint8_t *)area->before + from, weights, count,
                               colour & 255);
        }
}

/* What another picture shows, with the alpha of a pixel; that pixel where it shows nothing. */
static inline uint32_t with_alpha_of(uint32_t source, uint32_t pixel) {
    uint32_t alpha = source >> 24, straight = 0;
    if (alpha == 255) return under_alpha(source, pixel);
    if (alpha == 0) return pixel;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t value = ((source >> shift & 255) * 255 + alpha / 2) / alpha;
        straight |= (value > 255 ? 255 : value) << shift;
    }
    return under_alpha(straight, pixel);
}

static void mix_run(uint32_t *restrict out, const uint32_t *restrict before, const uint32_t *restrict source,
                    const uint8_t *restrict weights, int count, int lock_alpha) {
    if (lock_alpha)
        for (int i = 0; i < count; i++) out[i] = mixed(before[i], with_alpha_of(source[i], before[i]), weights[i]);
    else
        for (int i = 0; i < count; i++) out[i] = mixed(before[i], source[i], weights[i]);
}

static void mix_mask_run(uint8_t *restrict out, const uint8_t *restrict before, const uint8_t *restrict source,
                         const uint8_t *restrict weights, int count) {
    for (int i = 0; i < count; i++) out[i] = (uint8_t)halves(before[i], source[i], weights[i]);
}

/* Another picture mixed into pixels or, with one channel, a mask into a mask. */
EXPORT void mix(const Painted *area, const void *source, ptrdiff_t source_stride, float opacity, int32_t channels,
                int32_t lock_alpha) {
    uint8_t weights[TILE_SIDE];
    for (int y = 0; y < area->height; y++)
        for (int x = 0; x < area->width; x += TILE_SIDE) {
            int count = min(TILE_SIDE, area->width - x);
            const uint8_t *clip = area->clip ? area->clip + y * area->clip_stride + x : NULL;
            ptrdiff_t to = y * area->out_stride + x, from = y * area->before_stride + x;
            ptrdiff_t at = y * source_stride + x;
            weigh(weights, area->strength + y * area->strength_stride + x, clip, opacity, count);
            if (channels == 4)
                mix_run((uint32_t *)area->out + to, (const uint32_t *)area->before + from,
                        (const uint32_t *)source + at, weights, count, lock_alpha);
            else
                mix_mask_run((uint8_t *)area->out + to, (const uint8_t *)area->before + from,
                             (const uint8_t *)source + at, weights, count);
        }
}
