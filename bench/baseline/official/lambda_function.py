"""A routine of ten stretches on Amazon's SDK, as its samples for Python are built: a class for each intent, persistent
attributes that are read before each request and saved after it, and interceptors that log both.

Rule: what the samples do is done as they do it, no better and no worse. They log at this level, or print.
"""

import logging
import os

from ask_sdk_core.dispatch_components import (
    AbstractExceptionHandler,
    AbstractRequestHandler,
    AbstractRequestInterceptor,
    AbstractResponseInterceptor,
)
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import CustomSkillBuilder
from ask_sdk_core.utils import is_intent_name, is_request_type
from ask_sdk_dynamodb.adapter import DynamoDbAdapter
from ask_sdk_model import Response
from steps import STEPS

logger = logging.getLogger(__name__)
logger.setLevel(logging.INFO)

WELCOME = "Welcome to the stretches. There are ten of them. Say start to begin, or help to hear what you can say."
WELCOME_BACK = "Welcome back. You were at {}. Say resume to go on, or start to begin again."
HELP = "You can say next, repeat, pause, resume, how much longer, skip, or stop. What would you like?"
WHAT_NEXT = "Say next when you are ready."
SORRY = "Sorry, I did not get that. Say next, repeat, or stop."
FAILED = "Sorry, I had trouble doing what you asked. Please try again."


def speech_of(number: int) -> str:
    """The words and the silence of a step."""
    step = STEPS[number]
    return f'{step["name"]}. {step["instruction"]} <break time="8s"/> <break time="8s"/> And relax. {WHAT_NEXT}'


def at(handler_input: HandlerInput) -> int:
    """The number of the step where the person is."""
    return int(handler_input.attributes_manager.session_attributes.get("step", 0))


def speak(handler_input: HandlerInput, number: int) -> Response:
    """Go to a step, and speak it."""
    attributes = handler_input.attributes_manager
    attributes.session_attributes["step"] = number
    attributes.session_attributes["paused"] = False
    attributes.session_attributes["speech"] = speech_of(number)
    attributes.persistent_attributes["step"] = number
    return handler_input.response_builder.speak(speech_of(number)).ask(WHAT_NEXT).response


class LaunchRequestHandler(AbstractRequestHandler):
    """The skill is opened."""

    def can_handle(self, handler_input):
        """Whether it was opened by its name."""
        return is_request_type("LaunchRequest")(handler_input)

    def handle(self, handler_input):
        """Say welcome, and what was left unfinished."""
        kept = handler_input.attributes_manager.persistent_attributes
        handler_input.attributes_manager.session_attributes["step"] = int(kept.get("step", 0))
        kept["visits"] = int(kept.get("visits", 0)) + 1
        words = WELCOME_BACK.format(STEPS[int(kept["step"])]["name"]) if kept.get("step") else WELCOME
        return handler_input.response_builder.speak(words).ask(HELP).response


class StartIntentHandler(AbstractRequestHandler):
    """The routine is begun."""

    def can_handle(self, handler_input):
        """Whether a start was asked for."""
        return is_intent_name("StartRoutineIntent")(handler_input) or is_intent_name("AMAZON.StartOverIntent")(
            handler_input
        )

    def handle(self, handler_input):
        """Speak the first step."""
        return speak(handler_input, 0)


class NextIntentHandler(AbstractRequestHandler):
    """The next step is wanted."""

    def can_handle(self, handler_input):
        """Whether somebody goes on."""
        return (
            is_intent_name("AMAZON.NextIntent")(handler_input)
            or is_intent_name("SkipIntent")(handler_input)
            or is_intent_name("AMAZON.YesIntent")(handler_input)
            or is_intent_name("ReadyIntent")(handler_input)
        )

    def handle(self, handler_input):
        """Speak the step behind this one; from the last one begin again."""
        return speak(handler_input, (at(handler_input) + 1) % len(STEPS))


class PreviousIntentHandler(AbstractRequestHandler):
    """The step before is wanted."""

    def can_handle(self, handler_input):
        """Whether somebody goes back."""
        return is_intent_name("AMAZON.PreviousIntent")(handler_input)

    def handle(self, handler_input):
        """Speak the step before this one."""
        return speak(handler_input, max(0, at(handler_input) - 1))


class RepeatIntentHandler(AbstractRequestHandler):
    """The step is wanted once more, be it on the other side."""

    def can_handle(self, handler_input):
        """Whether it is to be repeated."""
        return (
            is_intent_name("AMAZON.RepeatIntent")(handler_input)
            or is_intent_name("SwitchSideIntent")(handler_input)
            or is_intent_name("ExplainIntent")(handler_input)
            or is_intent_name("EasierIntent")(handler_input)
        )

    def handle(self, handler_input):
        """Speak the step again."""
        return speak(handler_input, at(handler_input))


class PauseIntentHandler(AbstractRequestHandler):
    """A pause is wanted."""

    def can_handle(self, handler_input):
        """Whether somebody pauses."""
        return is_intent_name("AMAZON.PauseIntent")(handler_input)

    def handle(self, handler_input):
        """Wait for them."""
        handler_input.attributes_manager.session_attributes["paused"] = True
        return handler_input.response_builder.speak("Paused. Say resume to go on.").ask("Say resume to go on.").response


class ResumeIntentHandler(AbstractRequestHandler):
    """The pause is over."""

    def can_handle(self, handler_input):
        """Whether somebody goes on where they were."""
        return is_intent_name("AMAZON.ResumeIntent")(handler_input)

    def handle(self, handler_input):
        """Speak the step where they were."""
        return speak(handler_input, at(handler_input))


class TimeLeftIntentHandler(AbstractRequestHandler):
    """Somebody wants to know how much longer."""

    def can_handle(self, handler_input):
        """Whether it was asked, or anything else that is answered by it."""
        return (
            is_intent_name("TimeLeftIntent")(handler_input)
            or is_intent_name("WhereAmIIntent")(handler_input)
            or is_intent_name("WhatsNextIntent")(handler_input)
            or is_intent_name("ProgressIntent")(handler_input)
        )

    def handle(self, handler_input):
        """Say how many steps are left."""
        left = len(STEPS) - 1 - at(handler_input)
        return handler_input.response_builder.speak(f"There are {left} stretches left.").ask(WHAT_NEXT).response


class HelpIntentHandler(AbstractRequestHandler):
    """Help is wanted."""

    def can_handle(self, handler_input):
        """Whether somebody asks for help."""
        return is_intent_name("AMAZON.HelpIntent")(handler_input)

    def handle(self, handler_input):
        """Say what can be said."""
        return handler_input.response_builder.speak(HELP).ask(HELP).response


class CancelOrStopIntentHandler(AbstractRequestHandler):
    """Somebody has had enough."""

    def can_handle(self, handler_input):
        """Whether it is to end."""
        return is_intent_name("AMAZON.CancelIntent")(handler_input) or is_intent_name("AMAZON.StopIntent")(
            handler_input
        )

    def handle(self, handler_input):
        """Say goodbye."""
        return handler_input.response_builder.speak("Well done. Goodbye.").set_should_end_session(True).response


class SessionEndedRequestHandler(AbstractRequestHandler):
    """The session is over."""

    def can_handle(self, handler_input):
        """Whether it has ended."""
        return is_request_type("SessionEndedRequest")(handler_input)

    def handle(self, handler_input):
        """There is nobody to say anything to."""
        return handler_input.response_builder.response


class FallbackIntentHandler(AbstractRequestHandler):
    """Anything else. It comes last."""

    def can_handle(self, handler_input):
        """Always."""
        return True

    def handle(self, handler_input):
        """Ask once more."""
        return handler_input.response_builder.speak(SORRY).ask(SORRY).response


class CatchAllExceptionHandler(AbstractExceptionHandler):
    """Whatever goes wrong."""

    def can_handle(self, handler_input, exception):
        """Always."""
        return True

    def handle(self, handler_input, exception):
        """Log it, and apologise."""
        logger.error(exception, exc_info=True)
        return handler_input.response_builder.speak(FAILED).ask(FAILED).response


class LoadProgressInterceptor(AbstractRequestInterceptor):
    """Reads what is kept of the person."""

    def process(self, handler_input):
        """Ask for the persistent attributes: that reads them."""
        _ = handler_input.attributes_manager.persistent_attributes


class SaveProgressInterceptor(AbstractResponseInterceptor):
    """Saves what is kept of the person."""

    def process(self, handler_input, response):
        """Write all of it."""
        handler_input.attributes_manager.save_persistent_attributes()


class RequestLogger(AbstractRequestInterceptor):
    """Logs the request."""

    def process(self, handler_input):
        """One entry of the log."""
        logger.info("Alexa Request: %s", handler_input.request_envelope.request)


class ResponseLogger(AbstractResponseInterceptor):
    """Logs the response."""

    def process(self, handler_input, response):
        """One entry of the log."""
        logger.info("Alexa Response: %s", response)


sb = CustomSkillBuilder(persistence_adapter=DynamoDbAdapter(table_name=os.environ["TABLE"], create_table=False))
sb.add_request_handler(LaunchRequestHandler())
sb.add_request_handler(StartIntentHandler())
sb.add_request_handler(NextIntentHandler())
sb.add_request_handler(PreviousIntentHandler())
sb.add_request_handler(RepeatIntentHandler())
sb.add_request_handler(PauseIntentHandler())
sb.add_request_handler(ResumeIntentHandler())
sb.add_request_handler(TimeLeftIntentHandler())
sb.add_request_handler(HelpIntentHandler())
sb.add_request_handler(CancelOrStopIntentHandler())
sb.add_request_handler(SessionEndedRequestHandler())
sb.add_request_handler(FallbackIntentHandler())
sb.add_exception_handler(CatchAllExceptionHandler())
sb.add_global_request_interceptor(RequestLogger())
sb.add_global_request_interceptor(LoadProgressInterceptor())
sb.add_global_response_interceptor(SaveProgressInterceptor())
sb.add_global_response_interceptor(ResponseLogger())

lambda_handler = sb.lambda_handler()
