package io.evenkeel.bench.split;

import java.util.function.Consumer;

/** One kind of question about a recording. */
interface Mode {

    /** Measures every algorithm on this number of machines. */
    void run(Recording recording, int machines, Consumer<Row> rows);
}
