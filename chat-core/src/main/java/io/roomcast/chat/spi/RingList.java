package io.roomcast.chat.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list that reads, replaces, appends at the end and removes at the beginning in constant time. Not safe for use by
 * several threads.
 */
final class RingList<T> {
    private static final int MIN_CAPACITY = 16;

    private @Nullable Object[] elements = new Object[MIN_CAPACITY];
    private int first;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the element, or null if it was {@linkplain #clear cleared}. */
    @SuppressWarnings("unchecked")
    @Nullable
    T get(int index) {
        Objects.checkIndex(index, size);
        return (T) elements[slot(index)];
    }

    /** Removes the element and keeps its place. */
    void clear(int index) {
        Objects.checkIndex(index, size);
        elements[slot(index)] = null;
    }

    void set(int index, T element) {
        Objects.checkIndex(index, size);
        elements[slot(index)] = element;
    }

    void add(T element) {
        if (size == elements.length) {
            resize(2 * size);
        }
        elements[slot(size++)] = element;
    }

    /** Removes the first place. Returns its element, or null if it was cleared. */
    @Nullable
    T removeFirst() {
        T removed = get(0);
        elements[first] = null;
        first = slot(1);
        size--;
        if (size < elements.length / 4 && elements.length > MIN_CAPACITY) {
            resize(elements.length / 2);
        }
        return removed;
    }

    /** Returns a copy of the elements between two indexes, {@code to} excluded, without those that were cleared. */
    List<T> copy(int from, int to) {
        List<T> copy = new ArrayList<>(to - from);
        for (int index = from; index < to; index++) {
            T element = get(index);
            if (element != null) {
                copy.add(element);
            }
        }
        return copy;
    }

    private int slot(int index) {
        int slot = first + index;
        return slot < elements.length ? slot : slot - elements.length;
    }

    private void resize(int capacity) {
        @Nullable Object[] resized = Arrays.copyOfRange(elements, first, first + capacity);
        int behindEnd = first + size - elements.length;
        if (behindEnd > 0) {
            System.arraycopy(elements, 0, resized, elements.length - first, behindEnd);
        }
        elements = resized;
        first = 0;
    }
}
