package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.database.Writer;
import io.evenkeel.coordinator.live.ChangeHub;
import io.evenkeel.coordinator.run.Ingest;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** What the coordinator tells Prometheus. Thread-safe. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();

    /** Begins to measure the process. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    /** Measures the writer. */
    public void writer(Writer writer) {
        FunctionCounter.builder("evenkeel.database.commits", writer, Writer::commits)
                .description("Commits that were synced to disk")
                .register(registry);
        FunctionCounter.builder("evenkeel.database.writes", writer, Writer::works)
                .description("Pieces of work written; more than commits when commits were shared")
                .register(registry);
        Gauge.builder("evenkeel.database.waiting", writer, Writer::waiting)
                .description("Writes that wait")
                .register(registry);
    }

    /** Measures what comes in. */
    public void ingest(Ingest ingest) {
        FunctionCounter.builder("evenkeel.events.accepted", ingest, Ingest::acceptedEvents)
                .description("Spool events recorded")
                .register(registry);
        FunctionCounter.builder("evenkeel.events.duplicates", ingest, Ingest::duplicateEvents)
                .description("Spool events that had been recorded before")
                .register(registry);
    }

    /** Measures who watches. */
    public void live(ChangeHub hub) {
        Gauge.builder("evenkeel.live.watchers", hub, ChangeHub::watchers)
                .description("Readers of live progress")
                .register(registry);
    }

    /** Notes one answer. */
    void answered(String method, String path, int status, Duration time) {
        Timer.builder("evenkeel.http.requests")
                .description("Answers by route")
                .tags("method", method, "path", path, "status", String.valueOf(status))
                .publishPercentileHistogram(false)
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(registry)
                .record(time);
    }

    /** Returns everything as text in the format of Prometheus. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
