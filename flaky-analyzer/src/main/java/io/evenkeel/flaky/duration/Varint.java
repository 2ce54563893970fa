package io.evenkeel.flaky.duration;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Whole numbers from 0 to 2^31-1 in one to five bytes, seven bits each, lowest first. Static functions. */
final class Varint {

    private Varint() {}

    static void put(ByteBuffer out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    static int get(ByteBuffer in) {
        long value = 0;
        try {
            for (int shift = 0; shift < 35; shift += 7) {
                byte next = in.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    if (value > Integer.MAX_VALUE) {
                        break;
                    }
                    return (int) value;
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The number must end inside its bytes.\nMaybe the bytes were cut.", e);
        }
        throw new IllegalArgumentException("The number must have at most 31 bits.\nMaybe the bytes are not ours.");
    }
}
