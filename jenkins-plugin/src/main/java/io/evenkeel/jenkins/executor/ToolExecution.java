package io.evenkeel.jenkins.executor;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
import jenkins.util.Timer;
import org.jenkinsci.plugins.durabletask.Controller;
import org.jenkinsci.plugins.workflow.FilePathUtils;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code evenkeel.jar} in the workspace of a step and follows it until it ends.
 *
 * <p>The process is started the way {@code sh} and {@code bat} start theirs (durable-task): detached, with its log and exit code in files
 * beside the workspace. So it goes on while the controller restarts or the connection to the agent is gone, and is found again afterwards
 * by what is stored here: the node, the workspace and the position in the log. A plain {@code Launcher.launch} would die with the
 * connection.
 *
 * <p>Nothing here blocks the pipeline's thread: every visit to the executor happens in a thread of its own, one at a time. A restart
 * between the end of the process and the end of the step repeats {@link #finish}, which therefore has to be repeatable.
 */
public abstract class ToolExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ToolExecution.class.getName());
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** What durable-task answers when the process ended without leaving an exit code. */
    private static final int PROCESS_GONE = -1;

    /** How long a stopped process may take to write its results before the step ends without them. */
    private static final Duration STOPPING = Duration.ofSeconds(45);

    private @Nullable String node;
    private @Nullable String remote;
    private @Nullable Controller controller;

    /** Counts the planned visits: only the latest plans the next, so that a stop does not leave two of them going on. */
    private final AtomicLong turns = new AtomicLong();

    private transient Duration pause = SHORTEST;
    private transient volatile @Nullable Throwable stopped;
    private transient volatile long stopRequested;
    private transient @Nullable SecretMask mask;
    private transient long lostSince;
    private transient boolean stopSent;
    private transient boolean done;

    protected ToolExecution(StepContext context) {
        super(context);
    }

    /**
     * Prepares the workspace and returns what to call. May be repeated when a restart comes before the process is known to run.
     *
     * @throws AbortException when the step cannot be done, with what to change
     */
    protected abstract ToolCall prepare(ToolPlace place) throws IOException, InterruptedException;

    /**
     * Brings the results home once the process has ended, and returns the value of the step. Must be repeatable.
     *
     * @throws AbortException when the step has failed, with what to do
     */
    protected abstract @Nullable Object finish(ToolPlace place, int exitCode) throws IOException, InterruptedException;

    /** Saves what there is when the step was stopped; what cannot be saved is lost. */
    protected void rescue(ToolPlace place) throws IOException, InterruptedException {}

    @Override
    public final boolean start() throws Exception {
        FilePath workspace = getContext().get(FilePath.class);
        if (workspace == null) {
            throw new AbortException("Evenkeel: this step needs a workspace. Put it inside of node { }.");
        }
        node = FilePathUtils.getNodeName(workspace);
        remote = workspace.getRemote();
        schedule(Duration.ZERO);
        return false;
    }

    @Override
    public final void onResume() {
        pause = SHORTEST;
        schedule(pause);
    }

    @Override
    public final void stop(Throwable cause) {
        stopRequested = System.nanoTime();
        stopped = cause;
        schedule(Duration.ZERO);
    }

    @Override
    public final String getStatus() {
        return (controller == null ? "preparing" : "running") + " in " + remote + " on "
                + ("".equals(node) ? "the built-in node" : node);
    }

    private void schedule(Duration delay) {
        long turn = turns.incrementAndGet();
        try {
            Timer.get()
                    .schedule(
                            () -> Computer.threadPoolForRemoting.submit(() -> visit(turn)),
                            delay.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "the controller is going down; the next one takes over", e);
        }
    }

    /** One look at the executor, unless another one was planned meanwhile. */
    private synchronized void visit(long turn) {
        if (done || turn != turns.get()) {
            return;
        }
        try {
            ToolPlace place = place();
            if (place == null) {
                waitForNode();
            } else if (controller == null) {
                launch(place);
            } else {
                follow(place, controller);
            }
        } catch (AbortException | FlowInterruptedException e) {
            fail(e);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "lost " + remote + " on " + node, e);
            if (reachable()) {
                fail(e);
            } else {
                retryLater(e);
            }
        } catch (InterruptedException e) {
            // The controller is going down, and the next one takes over; or only a call was cut short, and it is
            // repeated.
            LOGGER.log(Level.FINE, "interrupted while looking at " + remote + " on " + node, e);
        } catch (RuntimeException | LinkageError e) {
            fail(e);
        }
        if (!done && turn == turns.get()) {
            schedule(pause);
        }
    }

    private void launch(ToolPlace place) throws IOException, InterruptedException {
        if (stopped != null) {
            fail(stopped);
            return;
        }
        ToolCall call = prepare(place);
        FilePath jar = ToolJar.on(place.workspace(), place.launcher());
        String java = place.workspace().act(new AgentJava());
        EnvVars environment = new EnvVars(place.environment());
        environment.putAll(call.environment());
        place.say(call.toString());
        controller = new ToolScript(jar.getRemote(), java, call.arguments())
                .task(place.launcher().isUnix())
                .launch(environment, place.workspace(), place.launcher(), place.listener());
        mask = new SecretMask(place.listener().getLogger(), call.secret());
        save();
    }

    private void follow(ToolPlace place, Controller process) throws IOException, InterruptedException {
        if (stopped != null && !stopSent) {
            place.say("Stopping; Playwright writes its reports first.");
            process.stop(place.workspace(), place.launcher());
            stopSent = true;
            pause = SHORTEST;
        }
        OutputStream log = log(place);
        boolean wrote = process.writeLog(place.workspace(), log);
        Integer exitCode = process.exitStatus(place.workspace(), place.launcher(), place.listener());
        if (exitCode == null) {
            if (stopped != null && since(stopRequested).compareTo(STOPPING) > 0) {
                place.say("The process does not stop; going on without its results.");
                fail(stopped);
                return;
            }
            pause = wrote ? SHORTEST : longer(pause);
            if (wrote) {
                save();
            }
            return;
        }
        process.writeLog(place.workspace(), log);
        ((SecretMask) log).forceEol();
        end(place, exitCode);
        process.cleanup(place.workspace());
    }

    private void end(ToolPlace place, int exitCode) throws IOException, InterruptedException {
        if (stopped != null) {
            try {
                rescue(place);
            } catch (IOException e) {
                place.say("What the stopped run has left could not be saved: " + e.getMessage());
            }
            fail(stopped);
            return;
        }
        if (exitCode == PROCESS_GONE) {
            throw new AbortException("Evenkeel: the process on "
                    + ("".equals(node) ? "the built-in node" : node)
                    + " is gone without an exit code. Maybe the machine was restarted, or ran out of memory.");
        }
        Object value = finish(place, exitCode);
        done = true;
        getContext().onSuccess(value);
    }

    private OutputStream log(ToolPlace place) throws IOException {
        SecretMask known = mask;
        if (known == null) {
            known = new SecretMask(place.listener().getLogger(), secret(place));
            mask = known;
        }
        return known;
    }

    /** Returns the text to hide in the log after a restart; nothing secret is stored with the build. */
    protected abstract String secret(ToolPlace place) throws IOException;

    private @Nullable ToolPlace place() throws IOException, InterruptedException {
        StepContext context = getContext();
        FilePath workspace = node == null || remote == null ? null : FilePathUtils.find(node, remote);
        if (workspace == null) {
            return null;
        }
        Run<?, ?> run = context.get(Run.class);
        TaskListener listener = context.get(TaskListener.class);
        Launcher launcher = context.get(Launcher.class);
        EnvVars environment = context.get(EnvVars.class);
        if (run == null || listener == null || launcher == null || environment == null) {
            return null;
        }
        if (lostSince != 0) {
            lostSince = 0;
            listener.getLogger().println("[Evenkeel] " + node + " is back.");
        }
        if (!workspace.isDirectory()) {
            if (controller == null) {
                workspace.mkdirs();
            } else {
                abandon(controller, workspace, launcher);
                throw new AbortException("Evenkeel: the workspace " + remote + " was deleted while the tests ran.");
            }
        }
        return new ToolPlace(run, workspace, launcher, environment, listener);
    }

    /** Nobody follows a process whose workspace is gone; found by the cookie in its environment, it needs no workspace to be stopped. */
    private static void abandon(Controller process, FilePath workspace, Launcher launcher) throws InterruptedException {
        try {
            process.stop(workspace, launcher);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING, "The process whose workspace " + workspace + " was deleted could not be stopped", e);
        }
    }

    private boolean reachable() {
        return node != null && remote != null && FilePathUtils.find(node, remote) != null;
    }

    private void retryLater(IOException e) {
        try {
            waitForNode();
        } catch (FlowInterruptedException gone) {
            gone.addSuppressed(e);
            fail(gone);
        }
    }

    /** An agent may come back; one that does not is given up after the time that {@code sh} waits too. */
    private void waitForNode() throws FlowInterruptedException {
        if (stopped != null) {
            fail(stopped);
            return;
        }
        Duration patience = Duration.ofMillis(ExecutorStepExecution.TIMEOUT_WAITING_FOR_NODE_MILLIS);
        if (lostSince == 0) {
            lostSince = System.nanoTime();
            tell(node + " cannot be reached. Waiting up to " + patience.toSeconds()
                    + " seconds for it; the tests go on there if the machine does.");
        } else if (since(lostSince).compareTo(patience) > 0) {
            tell(node
                    + " did not come back. What it was doing has to be done elsewhere: the block evenkeel sees to"
                    + " that, any other node needs retry(conditions: [agent()], count: 2) around it.");
            throw new FlowInterruptedException(
                    Result.ABORTED, false, new ExecutorStepExecution.RemovedNodeTimeoutCause());
        }
        pause = longer(pause);
    }

    private void tell(String line) {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println("[Evenkeel] " + line);
            }
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, line, e);
        }
    }

    private void fail(Throwable reason) {
        done = true;
        getContext().onFailure(reason);
    }

    /** Without this, a restart right after the launch would start the same share twice. */
    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "The state of a running Evenkeel step could not be saved", e);
        }
    }

    private static Duration longer(Duration pause) {
        Duration longer = pause.multipliedBy(6).dividedBy(5);
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** The folder of the Java that runs the agent. */
    private static final class AgentJava extends MasterToSlaveFileCallable<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String invoke(File workspace, VirtualChannel channel) {
            return System.getProperty("java.home", "");
        }
    }
}
