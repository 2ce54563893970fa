package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.job.People;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Shows what a job says: a bar that redraws itself on a terminal, a line now and then elsewhere. Thread-safe. */
final class ConsolePeople implements People {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int BAR = 30;

    private final Terminal terminal;
    private final LongSupplier ticker;
    private final long begin;
    private long lastLine;

    ConsolePeople(Terminal terminal, LongSupplier ticker) {
        this.terminal = terminal;
        this.ticker = ticker;
        this.begin = ticker.getAsLong();
        this.lastLine = begin;
    }

    @Override
    public void say(String line) {
        terminal.line(line);
    }

    @Override
    public void warn(String line) {
        terminal.line(Style.YELLOW, "! " + line);
    }

    @Override
    public synchronized void progress(Progress progress) {
        if (progress.planned() == 0) {
            return;
        }
        if (terminal.interactive()) {
            terminal.draw(bar(progress) + " " + text(progress));
            return;
        }
        long now = ticker.getAsLong();
        if (now - lastLine >= BETWEEN_LINES.toNanos() && progress.ended() < progress.planned()) {
            lastLine = now;
            terminal.line(text(progress));
        }
    }

    private String bar(Progress progress) {
        int full = Math.min(BAR, BAR * progress.ended() / progress.planned());
        String bar = "█".repeat(full) + "░".repeat(BAR - full);
        return terminal.styled(progress.failed() > 0 ? Style.RED : Style.GREEN, bar);
    }

    private String text(Progress progress) {
        long seconds = Duration.ofNanos(ticker.getAsLong() - begin).toSeconds();
        String failed = progress.failed() > 0 ? ", " + progress.failed() + " failed" : "";
        return progress.ended() + "/" + progress.planned() + " tests" + failed + ", " + progress.running()
                + " running, " + seconds + " s";
    }
}
