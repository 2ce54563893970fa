package io.evenkeel.pipeline.spool;

import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands the events of one spool to a sink, from where the last process left off.
 *
 * <p>The file {@code <spool>.ack} holds the last {@code seq} that is stored for good. A broken line is reported once and skipped; so that
 * the receiver sees no gap, an event of the kind {@code lost} takes the number that is missing. One thread.
 */
final class SpoolFollower {

    /** What came of one step. */
    enum Step {
        /** Something was acknowledged; there may be more. */
        PROGRESS,
        /** Everything in the file is acknowledged. */
        IDLE,
        /** The sink is away; the same events will be sent again. */
        UNAVAILABLE,
        /** The sink refuses for good. */
        REJECTED
    }

    /** More numbers than this are not missing because lines broke; a file that says so is not sent further. */
    private static final long MAX_GAP = 100_000;

    private final Path file;
    private final SpoolId id;
    private final Consumer<String> people;
    private final List<SpoolEvent> waiting = new ArrayList<>();
    private SpoolReader reader;
    private long acknowledged;
    private long read;
    private long dressed;
    private boolean quiet;

    /**
     * Follows a file.
     *
     * @param people takes lines for the user: broken lines, and why a sink refuses
     */
    SpoolFollower(Path file, SpoolId id, Consumer<String> people) {
        this.file = file;
        this.id = id;
        this.people = people;
        this.reader = new SpoolReader(file);
        this.acknowledged = readAcknowledged();
    }

    /** Sends at most one batch; {@code prepare} may change each event before it is sent. */
    Step step(EventSink sink, EventDresser dresser) throws IOException {
        fill();
        if (waiting.isEmpty()) {
            return Step.IDLE;
        }
        return sink.send(new Batch(id, next(dresser)))
                .match(this::stored, this::gap, away -> Step.UNAVAILABLE, this::rejected);
    }

    private List<SpoolEvent> next(EventDresser dresser) {
        long bytes = 0;
        int count = 0;
        while (count < waiting.size() && count < Batch.MAX_EVENTS) {
            SpoolEvent event = waiting.get(count);
            bytes += event.json().getBytes(StandardCharsets.UTF_8).length;
            if (count > 0 && bytes > Batch.MAX_BYTES) {
                break;
            }
            if (event.seq() > dressed) {
                waiting.set(count, dresser.dress(event));
                dressed = event.seq();
            }
            count++;
        }
        return List.copyOf(waiting.subList(0, count));
    }

    /** Returns the last {@code seq} that is stored for good, 0 for none. */
    long acknowledged() {
        return acknowledged;
    }

    private Step stored(Acknowledgement.Stored stored) {
        waiting.removeIf(event -> event.seq() <= stored.seq());
        if (stored.seq() > acknowledged) {
            acknowledged = stored.seq();
            writeAcknowledged();
        }
        return Step.PROGRESS;
    }

    /** The receiver has lost what it had acknowledged, or another process sent more than we know of: begin where it wants. */
    private Step gap(Acknowledgement.Gap gap) {
        if (gap.wanted() > read + 1 || gap.wanted() < 1) {
            return rejected(new Acknowledgement.Rejected("it wants event " + gap.wanted() + ", which does not exist"));
        }
        acknowledged = gap.wanted() - 1;
        waiting.clear();
        reader = new SpoolReader(file);
        read = 0;
        dressed = acknowledged;
        quiet = true;
        return Step.UNAVAILABLE;
    }

    private Step rejected(Acknowledgement.Rejected rejected) {
        people.accept("The coordinator refuses the results: " + rejected.reason() + ". They stay in " + file + ".");
        return Step.REJECTED;
    }

    private void fill() throws IOException {
        while (waiting.size() < Batch.MAX_EVENTS) {
            List<SpoolLine> lines = reader.poll();
            if (lines.isEmpty()) {
                return;
            }
            for (SpoolLine line : lines) {
                line.match(this::take, this::report);
            }
        }
    }

    private boolean take(SpoolLine.Event line) {
        SpoolEvent event = line.event();
        if (event.seq() <= read || event.seq() > read + MAX_GAP) {
            return false; // written twice, or nonsense
        }
        for (long missing = read + 1; missing < event.seq(); missing++) {
            queue(EventJson.read(
                    "{\"v\":1,\"seq\":" + missing + ",\"t\":" + event.at().toEpochMilli() + ",\"ev\":\"lost\"}"));
        }
        queue(event);
        return true;
    }

    private void queue(SpoolEvent event) {
        read = event.seq();
        if (event.seq() > acknowledged) {
            waiting.add(event);
        }
    }

    private boolean report(SpoolLine.Broken broken) {
        if (!quiet) {
            people.accept("Line " + broken.line() + " of " + file + " is no event (" + broken.reason()
                    + ") and was skipped.");
        }
        return false;
    }

    private Path acknowledgement() {
        return file.resolveSibling(SpoolFolder.nameOf(file) + ".ack");
    }

    private long readAcknowledged() {
        try {
            return Files.exists(acknowledgement())
                    ? Math.max(
                            0,
                            Long.parseLong(Files.readString(acknowledgement()).strip()))
                    : 0;
        } catch (IOException | NumberFormatException e) {
            return 0; // sending again is harmless
        }
    }

    private void writeAcknowledged() {
        Path temporary = acknowledgement().resolveSibling(acknowledgement().getFileName() + ".tmp");
        try {
            Files.write(temporary, Long.toString(acknowledged).getBytes(StandardCharsets.US_ASCII));
            Files.move(
                    temporary, acknowledgement(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // A full disk: the next process sends some events again, which is harmless.
            System.getLogger(SpoolFollower.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot write file=" + acknowledgement(), e);
        }
    }
}
