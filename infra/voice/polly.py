"""Amazon Polly, which is paid for by the character: a voice bought once, and owned.

Rule: nothing is asked for twice, and nothing before its price was told and agreed to (`shop`). What it sends is held to
the format like any other sound: what its encoder is set to, Amazon does not say.
Source: https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html
"""

from typing import Any
from xml.sax.saxutils import escape

from infra.voice.mp3 import RATE, checked

DOLLARS_A_MILLION = 16.0
"""For a million characters of a neural voice. Tags are not counted. Source: Polly's price list, November 2026."""

RETRIES: Any = {"max_attempts": 8, "mode": "adaptive"}
"""Eight calls a second are allowed (Polly's quotas): adaptive, botocore slows down by itself when it is throttled."""


class Polly:
    """One neural voice of Polly's, by its name: Matthew, Amy."""

    name = "polly"

    def __init__(self, voice: str, client: Any = None) -> None:
        self.manner = f"{voice}, neural"
        self._voice, self._client = voice, client

    def missing(self) -> str:
        """See Maker."""
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415

        try:
            self._client = self._client or _made()
            whose = self._client._request_signer._credentials
        except BotoCoreError as error:
            return f"Polly cannot be reached with these AWS settings: {error}"
        return "" if whose else "Polly needs credentials of AWS, with the right polly:SynthesizeSpeech."

    def price(self, characters: int) -> float:
        """See Maker."""
        return characters * DOLLARS_A_MILLION / 1_000_000

    def clip(self, text: str, pace: int) -> bytes:
        """See Maker. Raises OSError for what Polly refuses, too."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        self._client = self._client or _made()
        spoken = escape(text)
        spoken = spoken if pace == 100 else f'<prosody rate="{pace}%">{spoken}</prosody>'
        try:
            answer = self._client.synthesize_speech(
                Engine="neural",
                OutputFormat="mp3",
                SampleRate=str(RATE),
                Text=f"<speak>{spoken}</speak>",
                TextType="ssml",
                VoiceId=self._voice,
            )
            return checked(answer["AudioStream"].read())
        except (BotoCoreError, ClientError) as error:
            raise OSError(f"Polly: {error}") from error


def _made() -> Any:
    import boto3  # noqa: PLC0415
    from botocore.config import Config  # noqa: PLC0415

    made: Any = boto3
    return made.client("polly", config=Config(retries=RETRIES))
