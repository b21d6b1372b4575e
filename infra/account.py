"""The owner's account with AWS: who asks, in which region, and whether they may do what a deployment does.

Rule: whatever AWS answers reaches the owner as a sentence that says what to do.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError, ConnectionError, HTTPClientError

REGIONS = {"us-east-1": "NA", "us-west-2": "NA", "eu-west-1": "EU", "ap-northeast-1": "FE"}
"""Where Alexa calls functions, and for which part of the world. Source: Amazon's page on skills behind AWS Lambda."""

RIGHTS = {
    "arn:aws:cloudformation:{region}:{account}:stack/{stack}/*": (
        *("cloudformation:CreateChangeSet", "cloudformation:DescribeChangeSet", "cloudformation:ExecuteChangeSet"),
        *("cloudformation:DescribeStacks", "cloudformation:DescribeStackEvents"),
    ),
    "arn:aws:lambda:{region}:{account}:function:{stack}": (
        *("lambda:CreateFunction", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"),
        *("lambda:GetFunction", "lambda:PublishVersion", "lambda:CreateAlias", "lambda:UpdateAlias"),
        *("lambda:AddPermission",),
    ),
    "arn:aws:iam::{account}:role/{stack}-CoachRole-1": ("iam:CreateRole", "iam:PutRolePolicy", "iam:PassRole"),
    "arn:aws:dynamodb:{region}:{account}:table/{stack}-ProgressTable-1": (
        *("dynamodb:CreateTable", "dynamodb:DescribeTable", "dynamodb:UpdateTimeToLive"),
        *("dynamodb:UpdateContinuousBackups",),
    ),
    "arn:aws:logs:{region}:{account}:log-group:/hip-coach/{stage}": ("logs:CreateLogGroup", "logs:PutRetentionPolicy"),
    "arn:aws:cloudwatch:{region}:{account}:alarm:{stack}-1": ("cloudwatch:PutMetricAlarm",),
    "arn:aws:cloudwatch::{account}:dashboard/{stack}": ("cloudwatch:PutDashboard",),
    "arn:aws:ssm:{region}:{account}:parameter/hip-coach/{stage}/id-key": ("ssm:GetParameter", "ssm:PutParameter"),
    "arn:aws:s3:::aws-sam-cli-managed-default-samclisourcebucket-1/1": ("s3:PutObject", "s3:GetObject"),
}
"""What a deployment does, by what it does it to."""

RIGHTS_WITH_VOICE = {
    "arn:aws:cloudformation:{region}:{account}:stack/{stack}-voice/*": (
        *("cloudformation:CreateChangeSet", "cloudformation:DescribeChangeSet", "cloudformation:ExecuteChangeSet"),
        *("cloudformation:DescribeStacks", "cloudformation:DescribeStackEvents"),
    ),
    "arn:aws:lambda:{region}:{account}:layer:{stack}-voice-1": ("lambda:PublishLayerVersion",),
    "arn:aws:lambda:{region}:{account}:layer:{stack}-voice-1:1": ("lambda:GetLayerVersion",),
    "arn:aws:s3:::{stack}-reelbucket-1": (
        *("s3:CreateBucket", "s3:PutBucketPublicAccessBlock", "s3:PutEncryptionConfiguration"),
        *("s3:PutLifecycleConfiguration",),
    ),
    "arn:aws:iam::{account}:role/{stack}-CoachRole-1": ("iam:DeleteRolePolicy",),
}
"""What it does besides where a voice is brought, or taken out."""

_NOBODY = {"InvalidClientTokenId", "UnrecognizedClientException", "ExpiredToken", "ExpiredTokenException"}
_NOBODY |= {"SignatureDoesNotMatch", "AuthFailure", "InvalidAccessKeyId"}
_LOG_IN = "log in with `aws configure` or `aws sso login`, or choose with AWS_PROFILE who you are, and try again."


class AccountError(Exception):
    """It cannot go on at AWS; the message says what to do."""


@contextmanager
def told_in_words() -> Iterator[None]:
    """What goes wrong with AWS inside becomes an AccountError."""
    try:
        yield
    except ClientError as error:
        said = error.response["Error"]
        if said["Code"] in _NOBODY:
            raise AccountError(f"AWS does not take your credentials ({said['Code']}): {_LOG_IN}") from None
        if denied(error):
            raise AccountError(
                f"Your user at AWS lacks a right: {said['Message']} Have whoever runs the account give it to you."
            ) from None
        raise AccountError(f"AWS said of {error.operation_name}: {said['Message']}") from None
    except (ConnectionError, HTTPClientError) as error:
        raise AccountError(f"AWS cannot be reached: {error} Look at your connection, and try again.") from None
    except BotoCoreError as error:
        raise AccountError(f"AWS does not know who you are ({error}): {_LOG_IN}") from None


def denied(error: ClientError) -> bool:
    """Whether AWS answered that somebody may not do this."""
    return str(error.response["Error"]["Code"]) in ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")


def client(service: str, region: str) -> Any:
    """A client of one of AWS's services."""
    return boto3.Session(region_name=region).client(service)  # type: ignore[call-overload]


def chosen_region() -> str:
    """Where the owner works. Raises AccountError where they did not say, or where Alexa calls nobody."""
    region = os.environ.get("AWS_REGION") or boto3.Session().region_name
    if not region:
        raise AccountError(f"No region of AWS is chosen. Choose one that Alexa calls, as AWS_REGION: {_choice()}.")
    return checked_region(region)


def checked_region(region: str) -> str:
    """A region, if Alexa calls functions there. Raises AccountError if not."""
    if region not in REGIONS:
        raise AccountError(f"Alexa calls no function in {region}. Choose another one as AWS_REGION: {_choice()}.")
    return region


def _choice() -> str:
    *others, last = REGIONS
    return f"{', '.join(others)} or {last}"


def lacking(region: str, stage: str, stack: str, *, voice: bool = False) -> list[str]:
    """The rights that whoever asks does not have, as far as AWS tells them; with a `voice`, those for it too. The
    account's own user has all.

    Raises AccountError.
    """
    with told_in_words():
        who = client("sts", region).get_caller_identity()
    account, arn = who["Account"], str(who["Arn"])
    if arn.endswith(":root"):
        return []
    if ":assumed-role/" in arn:
        arn = f"arn:aws:iam::{account}:role/{arn.split('/')[1]}"
    found: list[str] = []
    # Whoever may not ask what they may do is told by AWS as it comes.
    with suppress(ClientError):
        for resource, actions in (*RIGHTS.items(), *(RIGHTS_WITH_VOICE if voice else {}).items()):
            named = resource.format(region=region, account=account, stage=stage, stack=stack)
            asked = {"PolicySourceArn": arn, "ActionNames": list(actions), "ResourceArns": [named]}
            for result in client("iam", region).simulate_principal_policy(**asked)["EvaluationResults"]:
                if result["EvalDecision"] != "allowed" and not result.get("MissingContextValues"):
                    found.append(result["EvalActionName"])
    return found
