/* Unpacking of what other programs packed. Nothing is believed of it: neither lengths nor places. */

#include "kernels.h"

/* LZF: a byte below 32 says how many bytes follow as they are, less one; any other that three bytes or more are a copy
 * of what was unpacked before, how many in its upper three bits (seven: a byte more), how far back in the others and
 * the next byte. Returns how many bytes came out, -1 if they do not fit or the data is no LZF. */
EXPORT ptrdiff_t unpack_lzf(const uint8_t *packed, ptrdiff_t length, uint8_t *out, ptrdiff_t room) {
    ptrdiff_t at = 0, done = 0;
    while (at < length) {
        ptrdiff_t code = packed[at++];
        if (code < 32) {
            ptrdiff_t count = code + 1;
            if (count > length - at || count > room - done) return -1;
            while (count--) out[done++] = packed[at++];
            continue;
        }
        ptrdiff_t count = code >> 5;
        if (count == 7) {
            if (at >= length) return -1;
            count += packed[at++];
        }
        if (at >= length) return -1;
        ptrdiff_t from = done - ((code & 31) << 8) - packed[at++] - 1;
        count += 2;
        if (from < 0 || count > room - done) return -1;
        while (count--) out[done++] = out[from++];
    }
    return done;
}
